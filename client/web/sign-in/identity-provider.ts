import * as oidc from 'openid-client';
import type { SignedIn } from '../../../register/sign-ins.ts';
import { PageProblem } from '../problems.ts';
import { NotLetIn } from './not-let-in.ts';
import { type Claims, type ClaimNames, lacksClaims, signedInBy } from './claims.ts';

/** The council's own sign-in: OpenID Connect, authorization code with PKCE. */
export interface IdentityProvider {
  /** Where to send somebody, and what to keep until they come back. */
  begin(): Promise<{ to: string; kept: Kept }>;
  /**
   * Who has come back.
   *
   * @throws NotLetIn with the cause for the log, which names claims and no values
   */
  finish(callback: URL, kept: Kept): Promise<SignedIn>;
}

export interface Kept {
  verifier: string;
  state: string;
  nonce: string;
}

export interface IdentityProviderOptions extends ClaimNames {
  issuer: string;
  clientId: string;
  clientSecret: string | undefined;
  redirectUri: string;
}

/** How far the provider's clock may be off, either way, in seconds. */
const CLOCK_TOLERANCE_S = 120;

/** Finds the provider's addresses at its first use: it may be down while duecourse starts. */
export function identityProvider(options: IdentityProviderOptions): IdentityProvider {
  const { issuer, clientId, clientSecret, redirectUri } = options;
  let found: Promise<oidc.Configuration> | undefined;
  const configuration = async (): Promise<oidc.Configuration> => {
    // A provider without TLS is one on this machine, for trying out.
    // oxlint-disable-next-line typescript/no-deprecated
    const execute = new URL(issuer).protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
    const asked = (found ??= oidc.discovery(
      new URL(issuer),
      clientId,
      { client_secret: clientSecret, [oidc.clockTolerance]: CLOCK_TOLERANCE_S },
      clientSecret === undefined ? oidc.None() : undefined,
      { execute },
    ));
    try {
      return await asked;
    } catch (error) {
      found = undefined;
      throw unavailable(error);
    }
  };
  return {
    async begin() {
      const config = await configuration();
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
    async finish(callback, kept) {
      const config = await configuration();
      const here = new URL(redirectUri);
      here.search = callback.search;
      const { claims, accessToken } = await tokensOf(config, here, kept);
      return signedInBy(
        lacksClaims(claims, options) ? await withUserInfo(config, claims, accessToken) : claims,
        options,
      );
    },
  };
}

async function tokensOf(
  config: oidc.Configuration,
  here: URL,
  { verifier, state, nonce }: Kept,
): Promise<{ claims: Claims; accessToken: string }> {
  try {
    const tokens = await oidc.authorizationCodeGrant(config, here, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    return { claims: tokens.claims() ?? {}, accessToken: tokens.access_token };
  } catch (error) {
    throw new NotLetIn(
      400,
      `Your council’s sign-in did not confirm who you are. Try again. ${error instanceof oidc.ResponseBodyError ? error.error : ''}`.trim(),
      causesOf(error),
    );
  }
}

/** What the token does not say, the provider's page of information may; the token's own word stands. */
async function withUserInfo(config: oidc.Configuration, claims: Claims, accessToken: string): Promise<Claims> {
  const { sub } = claims;
  if (config.serverMetadata().userinfo_endpoint === undefined || typeof sub !== 'string') return claims;
  try {
    return { ...(await oidc.fetchUserInfo(config, accessToken, sub)), ...claims };
  } catch (error) {
    throw new NotLetIn(
      503,
      'Your council’s sign-in did not say who you are. Try again in a few minutes.',
      `userinfo could not be read: ${causesOf(error)}`,
    );
  }
}

/** An error's own words and those of its causes: the library's name claims and times, not what was in the token. */
function causesOf(error: unknown): string {
  const said: string[] = [];
  let each = error;
  for (; each instanceof Error && said.length < MAX_CAUSES; each = each.cause) said.push(each.message);
  const claim = typeof each === 'object' && each !== null && 'claim' in each ? each.claim : undefined;
  return `${said.join(': ')}${typeof claim === 'string' ? ` (claim ${claim}; is the provider's clock right?)` : ''}`;
}

const MAX_CAUSES = 4;

function unavailable(error: unknown): PageProblem {
  const why = error instanceof Error ? error.message : String(error);
  return new PageProblem(
    503,
    'You can’t sign in at the moment',
    `Your council’s sign-in can’t be reached (${why}). Try again in a few minutes.`,
  );
}
