// size says how large a file is in words for people.
export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes}字节`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)}KB`
  return `${(bytes / 1024 / 1024).toFixed(1)}MB`
}
