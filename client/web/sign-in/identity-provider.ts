import * as oidc from 'openid-client';
import type { SignedIn } from '../../../register/sign-ins.ts';
import { PageProblem } from '../problems.ts';

/** The council's own sign-in: OpenID Connect, authorization code with PKCE. */
export interface IdentityProvider {
  /** Where to send somebody, and what to keep until they come back. */
  begin(): Promise<{ to: string; kept: Kept }>;
  /** Who has come back. */
  finish(callback: URL, kept: Kept): Promise<SignedIn>;
}

export interface Kept {
  verifier: string;
  state: string;
  nonce: string;
}

export interface IdentityProviderOptions {
  issuer: string;
  clientId: string;
  clientSecret: string | undefined;
  redirectUri: string;
  /** The claim that lists roles, each `<authority>/<role>`; undefined where they follow from the authorities' files. */
  rolesClaim: string | undefined;
}

/** Finds the provider's addresses at its first use: it may be down while duecourse starts. */
export function identityProvider(options: IdentityProviderOptions): IdentityProvider {
  const { issuer, clientId, clientSecret, redirectUri, rolesClaim } = options;
  let found: Promise<oidc.Configuration> | undefined;
  const configuration = (): Promise<oidc.Configuration> => {
    // A provider without TLS is one on this machine, for trying out.
    // oxlint-disable-next-line typescript/no-deprecated
    const execute = new URL(issuer).protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
    const asked = (found ??= oidc.discovery(
      new URL(issuer),
      clientId,
      clientSecret,
      clientSecret === undefined ? oidc.None() : undefined,
      { execute },
    ));
    asked.catch(() => (found = undefined));
    return asked;
  };
  return {
    async begin() {
      const config = await configuration().catch((error: unknown) => {
        throw unavailable(error);
      });
      const kept = { verifier: oidc.randomPKCECodeVerifier(), state: oidc.randomState(), nonce: oidc.randomNonce() };
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        code_challenge: await oidc.calculatePKCECodeChallenge(kept.verifier),
        code_challenge_method: 'S256',
        state: kept.state,
        nonce: kept.nonce,
      });
      return { to: url.href, kept };
    },
    async finish(callback, { verifier, state, nonce }) {
      const config = await configuration().catch((error: unknown) => {
        throw unavailable(error);
      });
      const here = new URL(redirectUri);
      here.search = callback.search;
      let claims: oidc.IDToken | undefined;
      try {
        const tokens = await oidc.authorizationCodeGrant(config, here, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
        });
        claims = tokens.claims();
      } catch (error) {
        throw new PageProblem(
          400,
          'You were not signed in',
          `Your council’s sign-in did not confirm who you are. Try again. ${error instanceof oidc.ResponseBodyError ? error.error : ''}`.trim(),
        );
      }
      return signedInBy(claims, rolesClaim);
    },
  };
}

/** Who the provider says has signed in; an address that it has not checked is nobody's. */
function signedInBy(claims: oidc.IDToken | undefined, rolesClaim: string | undefined): SignedIn {
  const email = claims?.['email'];
  if (typeof email !== 'string' || claims?.['email_verified'] === false)
    throw new PageProblem(
      403,
      'You were not signed in',
      'Your council’s sign-in did not give a confirmed email address.',
    );
  const roles = rolesClaim === undefined ? undefined : claims?.[rolesClaim];
  const name = claims?.['name'];
  return {
    email: email.toLowerCase(),
    name: typeof name === 'string' ? name : email,
    roles:
      rolesClaim === undefined
        ? null
        : Array.isArray(roles)
          ? roles.filter((role): role is string => typeof role === 'string')
          : [],
  };
}

function unavailable(error: unknown): PageProblem {
  const why = error instanceof Error ? error.message : String(error);
  return new PageProblem(
    503,
    'You can’t sign in at the moment',
    `Your council’s sign-in can’t be reached (${why}). Try again in a few minutes.`,
  );
}
