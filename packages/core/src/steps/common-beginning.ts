/** The longest beginning of a list that one of the others begins with too. */
export function commonBeginning(list: readonly string[], others: readonly (readonly string[])[]): string[] {
  const lengths = others.map((other) => {
    const differs = list.findIndex((item, index) => other[index] !== item);
    return differs === -1 ? list.length : differs;
  });
  return list.slice(0, Math.max(0, ...lengths));
}
