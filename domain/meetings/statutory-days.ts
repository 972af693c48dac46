/** Clear working days that an agenda needs where the body's file names no other number (SI 2012/2089 reg 6; LGA 1972 s.100B). */
export const AGENDA_CLEAR_DAYS = 5;

/** Clear days that the notice of a key decision needs, counted on the calendar (SI 2012/2089 reg 9). */
export const KEY_NOTICE_CLEAR_DAYS = 28;

/** Clear working days that notice of a key decision needs under general exception (SI 2012/2089 reg 10). */
export const GENERAL_EXCEPTION_CLEAR_DAYS = 5;

/** Clear days that the notice of a meeting in private needs, counted on the calendar (SI 2012/2089 reg 5(2)). */
export const PRIVATE_NOTICE_CLEAR_DAYS = 28;

/** Clear working days that the second notice of it, with the reasons and what was said against it, needs (SI 2012/2089 reg 5(4)). */
export const PRIVATE_STATEMENT_CLEAR_DAYS = 5;
