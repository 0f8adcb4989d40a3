/** Cuts an IPv4 address block into smaller ones, as `Fn::Cidr` does. */

const toNumber = (address: string): number =>
  address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);

const toAddress = (number: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');

/** The first `count` blocks of `hostBits` bits in `block`, e.g. `('10.0.0.0/16', 2, 8)` gives `10.0.0.0/24` and `10.0.1.0/24`. */
export const cidrBlocks = (block: string, count: number, hostBits: number): string[] => {
  const [address, prefix] = block.split('/');
  if (!address || !/^\d+(\.\d+){3}$/.test(address) || !/^\d+$/.test(prefix ?? '')) {
    throw new Error(`"${block}" is not an IPv4 address block such as 10.0.0.0/16`);
  }
  const size = 2 ** hostBits;
  const length = 2 ** (32 - Number(prefix));
  if (!(count >= 1) || count * size > length) {
    throw new Error(`${block} has no room for ${count} blocks of ${size} addresses`);
  }
  const start = Math.floor(toNumber(address) / length) * length;
  return Array.from(
    { length: count },
    (_, index) => `${toAddress(start + index * size)}/${32 - hostBits}`,
  );
};
