/** By what an inspection is large. */
export type LimitName = 'actions' | 'roles' | 'questions' | 'authority' | 'bytes';
