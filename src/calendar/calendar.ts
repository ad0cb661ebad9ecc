/** The commune's working time. All days and hours are Asia/Ho_Chi_Minh, which has no clock changes (UTC+7). */

/** A local calendar day, `YYYY-MM-DD`. */
export type LocalDay = string;

export interface Opening {
  readonly opensAt: Date;
  readonly closesAt: Date;
}

export interface OfficeCalendar {
  isOpen(at: Date): boolean;
  /** The running block while open (so `closesAt` is honest about lunch), else the next one. */
  currentOrNextOpening(at: Date): Opening;
  isWorkingDay(day: LocalDay): boolean;
  /** The holiday's name when that day is one. */
  holidayName(day: LocalDay): string | undefined;
  localDay(at: Date): LocalDay;
  /** Working days from `from` (not counted) to `to` (counted); negative when `to` is before `from`. */
  workingDaysBetween(from: LocalDay, to: LocalDay): number;
}
