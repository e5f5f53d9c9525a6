import type { KeyObject } from 'node:crypto';
import { ASN1Obj, crypto, X509Certificate } from '@sigstore/core';
import { readDer } from './der.ts';

/**
 * A certificate that remembers what @sigstore/core would work out again whenever it is asked, which @sigstore/verify
 * does dozens of times for each signature: its encoding, its key, and who issued it. Each is a function of bytes that
 * do not change.
 */
export class KeptCertificate extends X509Certificate {
  readonly #issuers = new WeakMap<X509Certificate, boolean>();
  #key: KeyObject | undefined;

  /** Throws TypeError for anything but one DER element; the library finds the fields when they are read. */
  static read(der: Uint8Array): KeptCertificate {
    return new KeptCertificate(readDer(der));
  }

  get key(): KeyObject {
    this.#key ??= crypto.createPublicKey(this.publicKey);
    return this.#key;
  }

  /** As in the library: without an issuer, by its own key. */
  override verify(issuer?: X509Certificate): boolean {
    const by = issuer ?? this;
    const known = this.#issuers.get(by);
    if (known !== undefined) return known;
    const verified = super.verify(issuer);
    this.#issuers.set(by, verified);
    return verified;
  }

  /**
   * A certificate whose list of extensions can be changed, which is what the library clones one for: with other
   * extensions it has another encoding. Everything beside the list is shared.
   */
  override clone(): X509Certificate {
    const copy = (object: ASN1Obj, subs: readonly ASN1Obj[]): ASN1Obj =>
      new ASN1Obj(object.tag, object.value, [...subs]);
    const { tbsCertificate, root } = this;
    const tbs = copy(
      tbsCertificate,
      tbsCertificate.subs.map((member) => {
        if (!member.tag.isContextSpecific(3)) return member;
        return copy(
          member,
          member.subs.map((list) => copy(list, list.subs)),
        );
      }),
    );
    return new X509Certificate(copy(root, [tbs, ...root.subs.slice(1)]));
  }
}
