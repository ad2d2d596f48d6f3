/** The program as it is. */
export const OWN_SETTING = 'own';
/** gc.freeze when the program has started. */
export const FREEZE_SETTING = 'freeze';
