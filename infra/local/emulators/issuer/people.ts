/** A member of staff who can be chosen at the issuer. */
type Person = { readonly id: string; readonly name: string; readonly canWrite: boolean };

export const people: readonly Person[] = [
  { id: 'kim', name: 'Kim Lee', canWrite: true },
  { id: 'robin', name: 'Robin Hall', canWrite: false },
];

export const personOf = (id: unknown): Person | undefined => people.find((one) => one.id === id);
