/** Plain words for what the system said. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOENT":
      return "no such file or folder";
    case "EACCES":
    case "EPERM":
      return "no permission to read it";
    case "EISDIR":
      return "a folder, not a file";
    case "EIO":
      return "the medium could not be read";
    case "EMFILE":
      return "too many open files";
    default:
      return message ?? String(error);
  }
}
