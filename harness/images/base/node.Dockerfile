# What the public `node:24-trixie-slim` gives to those who use it here, made from npm's own packages
# where no public image registry answers: Node 24, npm, and a user `node` with id 1000.
FROM debian:trixie-slim
COPY node/bin/node /usr/local/bin/node
COPY npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
 && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx \
 && chmod +x /usr/local/lib/node_modules/npm/bin/*-cli.js \
 && useradd --uid 1000 --user-group --create-home --shell /bin/bash node
CMD ["node"]
