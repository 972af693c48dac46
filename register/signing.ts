import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';

/** Signs manifests; whoever has the public half can check them. */
export interface Signer {
  /** SHA-256 of the public key's DER form, 64 hexadecimal digits. */
  fingerprint: string;
  /** PEM. */
  publicKey: string;
  /** An Ed25519 signature over the text in UTF-8, base64. */
  sign(text: string): string;
}

/**
 * A signer from an Ed25519 private key in PEM form.
 *
 * @throws Error where it is no such key
 */
export function signerFrom(pem: string): Signer {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('not an Ed25519 key');
  const publicKey = createPublicKey(key);
  return {
    fingerprint: fingerprintOf(publicKey),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
  };
}

/** A new private key, PEM. */
export function newSigningKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Is this a signature over the text by the key of this fingerprint? False as well where the key is not that one. */
export function isSigned(text: string, signature: string, publicKey: string, fingerprint: string): boolean {
  try {
    const key = createPublicKey(publicKey);
    return fingerprintOf(key) === fingerprint && verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
  } catch {
    // No key at all: somebody wrote over it.
    return false;
  }
}

function fingerprintOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}
