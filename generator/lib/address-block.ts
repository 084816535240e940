/** Whether a text is a block of addresses as NetworkPolicies take it: `10.0.0.0/8`, `2001:db8::/32`. Sources: RFC 4632, RFC 4291. */
export function isAddressBlock(text: string): boolean {
  const [, address = '', bits = ''] = /^([0-9a-fA-F:.]+)\/(0|[1-9][0-9]{0,2})$/.exec(text) ?? [];
  if (address.includes(':')) return isVersion6(address) && Number(bits) <= 128;
  return isVersion4(address) && Number(bits) <= 32;
}

function isVersion4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9][0-9]{0,2})$/.test(part) && Number(part) <= 255);
}

/** Eight groups of hex digits, of which one run of zeros may be left out; the form with an IPv4 address in it is not taken. */
function isVersion6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const isShort = halves.length === 2;
  return groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) && (isShort ? groups.length <= 7 : groups.length === 8);
}
