/** This process and the register don't belong together as they are set; the sentence says what differs and what to do. */
export class OtherInstallation extends Error {
  override readonly name = 'OtherInstallation';
  readonly code = 'other-installation';
}
