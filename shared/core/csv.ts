import { stringify } from 'csv-stringify/sync';

/** As spreadsheets open it: no cell is taken for a formula (OWASP, 'CSV Injection'). */
export const csv = (records: readonly (readonly (string | number)[])[]): string =>
  stringify(
    records.map((record) => record.map(String)),
    { escape_formulas: true },
  );
