/** The name of the reading that a pack has as its rule's own. It stands alone, for a workflow reads no schema. */
export const OWN_READING = 'own';
