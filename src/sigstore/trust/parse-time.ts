import { ValueError } from '../../domain/text/value-error.ts';

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * Parses a protobuf Timestamp in JSON; undefined if it is absent. Throws ValueError for anything but RFC 3339: Date
 * would read a time without a zone as local time, and generated parsers turn an object into 1970.
 */
export function parseTime(value: unknown, where: string): Date | undefined {
  if (value === undefined || value === null) return undefined;
  const time = typeof value === 'string' && RFC3339.test(value) ? new Date(value) : undefined;
  if (time === undefined || Number.isNaN(time.getTime())) {
    throw new ValueError(`${where} ${JSON.stringify(value).slice(0, 200)} is not an RFC 3339 time`);
  }
  return time;
}
