/** By what an inspection is large. */
export type LimitName = 'actions' | 'events' | 'roles' | 'questions' | 'authority' | 'bytes';
