//! Status and root kind: the table of the facts on chains, each row with its own certificates.

use crate::support::{
    DAY, Folder, authority_extensions, exchange, key, key_path, leaf_extensions, name, now, openssl, template,
};
use exsh_pki::{
    Certificate, CertificateStatus, CertificateTemplate, Crl, Extension, ExtensionSpec, Judgement, KeyUsage,
    Problem, RevocationPolicy, RootCaType, SelfSigned, SignatureHash, StatusPolicy, TrustStore,
    read_certificates,
};

/// Root, issuing authority, and a way to make leaves.
struct Lab {
    root: Certificate,
    issuing: Certificate,
}

impl Lab {
    fn new() -> Self {
        let root = template("CN=Lab Root, O=Contoso", authority_extensions(None))
            .self_signed(&key("rsa2048-a"))
            .unwrap();
        let mut extensions = authority_extensions(Some(0));
        extensions.push(ExtensionSpec::AuthorityKeyId);
        let issuing = template("CN=Lab Issuing, O=Contoso", extensions)
            .issued_by(key("rsa2048-b").spki(), &root, &key("rsa2048-a"))
            .unwrap();
        Self { root, issuing }
    }

    fn leaf(&self, change: impl FnOnce(&mut CertificateTemplate)) -> Certificate {
        let mut leaf = template("CN=mail.contoso.com", leaf_extensions("mail.contoso.com"));
        change(&mut leaf);
        leaf.issued_by(key("p256").spki(), &self.issuing, &key("rsa2048-b")).unwrap()
    }

    fn store(&self) -> TrustStore {
        let mut store = TrustStore::new();
        store.add_root(self.root.clone(), RootCaType::Enterprise);
        store.add_intermediate(self.issuing.clone());
        store
    }
}

fn judge(store: &TrustStore, certificate: &Certificate) -> Judgement {
    store.judge(certificate, &[], &StatusPolicy::exchange(now()))
}

fn status(store: &TrustStore, certificate: &Certificate) -> (CertificateStatus, RootCaType) {
    let judgement = judge(store, certificate);
    (judgement.status, judgement.root)
}

#[test]
fn a_chain_to_a_root_is_valid() {
    let lab = Lab::new();
    let leaf = lab.leaf(|_| {});
    let judgement = judge(&lab.store(), &leaf);
    assert_eq!((judgement.status, judgement.root), (CertificateStatus::Valid, RootCaType::Enterprise));
    assert_eq!(judgement.chain, [leaf.clone(), lab.issuing.clone(), lab.root.clone()]);
    assert!(judgement.problems.is_empty());

    // The intermediate may come with the certificate instead of the store.
    let mut store = TrustStore::new();
    store.add_root(lab.root.clone(), RootCaType::ThirdParty);
    assert_eq!(status(&store, &leaf), (CertificateStatus::Untrusted, RootCaType::Unknown));
    let given = store.judge(&leaf, std::slice::from_ref(&lab.issuing), &StatusPolicy::exchange(now()));
    assert_eq!((given.status, given.root), (CertificateStatus::Valid, RootCaType::ThirdParty));
}

#[test]
fn without_its_root_it_is_untrusted() {
    let lab = Lab::new();
    let mut store = TrustStore::new();
    store.add_intermediate(lab.issuing.clone());
    let judgement = judge(&store, &lab.leaf(|_| {}));
    assert_eq!(judgement.status, CertificateStatus::Untrusted);
    assert_eq!(judgement.problems, [Problem::IssuerUnknown { issuer: "CN=Lab Root, O=Contoso".into() }]);
    store.add_intermediate(lab.root.clone());
    let judgement = judge(&store, &lab.leaf(|_| {}));
    assert_eq!(judgement.problems, [Problem::RootNotTrusted { of: lab.root.thumbprint() }]);
}

#[test]
fn dates_count_for_every_certificate_of_the_chain() {
    let lab = Lab::new();
    let expired = lab.leaf(|leaf| leaf.not_after = now() - 1);
    let early = lab.leaf(|leaf| leaf.not_before = now() + 1);
    assert_eq!(status(&lab.store(), &expired).0, CertificateStatus::DateInvalid);
    assert_eq!(status(&lab.store(), &early).0, CertificateStatus::DateInvalid);
    let exact = lab.leaf(|leaf| leaf.not_after = now());
    assert_eq!(status(&lab.store(), &exact).0, CertificateStatus::Valid);
    let old = lab.leaf(|leaf| leaf.not_after = now() + 4_000 * DAY);
    let later = StatusPolicy::exchange(now() + 400 * DAY);
    let judgement = lab.store().judge(&old, &[], &later);
    assert_eq!(judgement.status, CertificateStatus::DateInvalid);
    assert!(
        judgement
            .problems
            .iter()
            .all(|problem| !matches!(problem, Problem::Expired { of, .. } if *of == old.thumbprint()))
    );
    // Trust comes before time, as in Windows' chain policy.
    assert_eq!(status(&TrustStore::new(), &expired).0, CertificateStatus::Untrusted);
}

#[test]
fn self_signed_certificates_of_the_own_store_are_valid() {
    // observed: output.md 1.2, RootCAType None with Status Valid; Registry for setup's own.
    let own = exchange(&key("rsa2048-a"));
    assert_eq!(status(&TrustStore::new(), &own), (CertificateStatus::Valid, RootCaType::None));
    let strict = StatusPolicy { believe_self_signed: false, ..StatusPolicy::exchange(now()) };
    assert_eq!(TrustStore::new().judge(&own, &[], &strict).status, CertificateStatus::Untrusted);
    let mut store = TrustStore::new();
    store.add_root(own.clone(), RootCaType::Registry);
    assert_eq!(status(&store, &own), (CertificateStatus::Valid, RootCaType::Registry));
    let old = SelfSigned {
        not_after: now() - 1,
        ..SelfSigned::new_exchange(name("CN=a"), vec![], now() - 5 * DAY)
    };
    assert_eq!(
        status(&TrustStore::new(), &old.make(&key("p256")).unwrap()).0,
        CertificateStatus::DateInvalid
    );
    let setup = SelfSigned::exchange_auth(now(), SignatureHash::Sha1).make(&key("rsa2048-a")).unwrap();
    let judgement = judge(&TrustStore::new(), &setup);
    assert_eq!(judgement.status, CertificateStatus::Valid);
    assert_eq!(judgement.problems, [Problem::Sha1Signature { of: setup.thumbprint() }]);
}

#[test]
fn what_a_tls_library_refuses_is_judged_too() {
    let folder = Folder::new();
    let path = folder.path("made.pem");
    // Self-signed with CA:TRUE, as `openssl req -x509` makes it, and with a small key.
    for pool in ["rsa2048-a", "rsa1024"] {
        let key_file = key_path(pool);
        openssl(&[
            "req",
            "-x509",
            "-new",
            "-days",
            "36500",
            "-key",
            key_file.to_str().unwrap(),
            "-subj",
            "/CN=a",
            "-out",
            &path,
        ]);
        let certificate = read_certificates(&folder.read("made.pem")).unwrap().remove(0);
        let later = StatusPolicy::exchange(certificate.not_before());
        assert_eq!(TrustStore::new().judge(&certificate, &[], &later).status, CertificateStatus::Valid);
    }
    // Version 1.
    let lab = Lab::new();
    let one = lab.leaf(|leaf| leaf.extensions.clear());
    assert_eq!(one.facts().version, 1);
    assert_eq!(status(&lab.store(), &one).0, CertificateStatus::Valid);
    let old = lab.leaf(|leaf| {
        leaf.extensions.clear();
        leaf.not_after = now() - 1;
    });
    assert_eq!(status(&lab.store(), &old).0, CertificateStatus::DateInvalid);
    // SHA-1, and a certificate that is for clients only.
    assert_eq!(
        status(&lab.store(), &lab.leaf(|leaf| leaf.hash = SignatureHash::Sha1)).0,
        CertificateStatus::Valid
    );
    let client = lab.leaf(|leaf| {
        leaf.extensions = vec![ExtensionSpec::ExtendedKeyUsage(vec!["1.3.6.1.5.5.7.3.2".into()])]
    });
    assert_eq!(status(&lab.store(), &client).0, CertificateStatus::Valid);
}

#[test]
fn broken_certificates_are_invalid() {
    let lab = Lab::new();
    let unknown = Extension { oid: "1.2.3.4".into(), critical: true, der: vec![5, 0] };
    let odd = lab.leaf(|leaf| leaf.extensions.push(ExtensionSpec::Raw(unknown)));
    assert_eq!(status(&lab.store(), &odd).0, CertificateStatus::Invalid);
    let harmless = Extension { oid: "1.2.3.4".into(), critical: false, der: vec![5, 0] };
    let fine = lab.leaf(|leaf| leaf.extensions.push(ExtensionSpec::Raw(harmless)));
    assert_eq!(status(&lab.store(), &fine).0, CertificateStatus::Valid);

    let changed = |certificate: &Certificate, from: &[u8], to: &[u8]| {
        let mut der = certificate.der().to_vec();
        let at = der.windows(from.len()).rposition(|window| window == from).unwrap();
        der[at..at + to.len()].copy_from_slice(to);
        Certificate::from_der(&der).unwrap()
    };
    let forged = changed(&lab.leaf(|_| {}), b"mail.contoso.com", b"mail.attacker.co");
    let judgement = judge(&lab.store(), &forged);
    assert_eq!(judgement.status, CertificateStatus::Invalid);
    assert_eq!(judgement.problems[0], Problem::BadSignature { of: forged.thumbprint() });
    // The algorithm outside of the signed part is another than inside (sha256RSA with an octet string for NULL).
    let sha256_rsa = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 0x0B, 5, 0];
    let mut octets = sha256_rsa;
    octets[9] = 4;
    let differing = changed(&exchange(&key("rsa2048-a")), &sha256_rsa, &octets);
    assert_eq!(status(&TrustStore::new(), &differing).0, CertificateStatus::Invalid);
    let forged = changed(&exchange(&key("p256")), b"autodiscover", b"autodestroys");
    assert!(!forged.is_self_signed());
    assert_eq!(status(&TrustStore::new(), &forged).0, CertificateStatus::Invalid);
}

#[test]
fn only_authorities_issue() {
    let lab = Lab::new();
    // A leaf, and an authority below one whose path length is zero.
    let rogue_key = key("p384");
    let below = |extensions| {
        let rogue = template("CN=Rogue", extensions)
            .issued_by(rogue_key.spki(), &lab.issuing, &key("rsa2048-b"))
            .unwrap();
        let leaf = template("CN=bank.example", leaf_extensions("bank.example"))
            .issued_by(key("p256").spki(), &rogue, &rogue_key)
            .unwrap();
        lab.store().judge(&leaf, &[rogue], &StatusPolicy::exchange(now())).status
    };
    assert_eq!(below(leaf_extensions("mail.contoso.com")), CertificateStatus::Untrusted);
    assert_eq!(below(authority_extensions(None)), CertificateStatus::Untrusted);
    let mut no_signing = authority_extensions(None);
    no_signing[1] = ExtensionSpec::KeyUsage { usage: KeyUsage::CRL_SIGN, critical: true };
    let idle =
        template("CN=Idle", no_signing).issued_by(rogue_key.spki(), &lab.root, &key("rsa2048-a")).unwrap();
    let leaf =
        template("CN=x", leaf_extensions("x.y")).issued_by(key("p256").spki(), &idle, &rogue_key).unwrap();
    let judgement = lab.store().judge(&leaf, &[idle], &StatusPolicy::exchange(now()));
    assert_eq!(judgement.status, CertificateStatus::Untrusted);
    // The same authority directly below the root is fine.
    let good = template("CN=Second", authority_extensions(None))
        .issued_by(rogue_key.spki(), &lab.root, &key("rsa2048-a"))
        .unwrap();
    let leaf = template("CN=x", leaf_extensions("x.contoso.com"))
        .issued_by(key("p256").spki(), &good, &rogue_key)
        .unwrap();
    assert_eq!(
        lab.store().judge(&leaf, &[good], &StatusPolicy::exchange(now())).status,
        CertificateStatus::Valid
    );
}

#[test]
fn an_authority_of_the_same_name_with_another_key_is_not_the_issuer() {
    let lab = Lab::new();
    let other =
        template("CN=Lab Issuing, O=Contoso", authority_extensions(None)).self_signed(&key("p384")).unwrap();
    let mut store = TrustStore::new();
    store.add_root(other, RootCaType::Registry);
    // The key identifiers tell them apart: the right issuer is missing, nothing is forged.
    let judgement = judge(&store, &lab.leaf(|_| {}));
    assert_eq!(judgement.status, CertificateStatus::Untrusted);
    assert_eq!(judgement.problems, [Problem::IssuerUnknown { issuer: "CN=Lab Issuing, O=Contoso".into() }]);
    // Without an identifier the only issuer of that name did not sign it.
    let plain = lab.leaf(|leaf| leaf.extensions.truncate(2));
    assert_eq!(status(&store, &plain).0, CertificateStatus::Invalid);
}

#[test]
fn the_better_of_two_chains_wins() {
    // The issuing authority has an expired and a current certificate for one key.
    let lab = Lab::new();
    let mut old = template("CN=Lab Issuing, O=Contoso", authority_extensions(Some(0)));
    old.not_after = now() - 1;
    let old = old.issued_by(key("rsa2048-b").spki(), &lab.root, &key("rsa2048-a")).unwrap();
    let mut store = TrustStore::new();
    store.add_root(lab.root.clone(), RootCaType::Registry);
    store.add_intermediate(old.clone());
    assert_eq!(status(&store, &lab.leaf(|_| {})).0, CertificateStatus::DateInvalid);
    store.add_intermediate(lab.issuing.clone());
    assert_eq!(status(&store, &lab.leaf(|_| {})), (CertificateStatus::Valid, RootCaType::Registry));
}

#[test]
fn two_authorities_that_sign_each_other_end() {
    let (a, b) = (key("rsa2048-a"), key("rsa2048-b"));
    let first = template("CN=A", authority_extensions(None)).self_signed(&a).unwrap();
    let second = template("CN=B", authority_extensions(None)).self_signed(&b).unwrap();
    let a_by_b = template("CN=A", authority_extensions(None)).issued_by(a.spki(), &second, &b).unwrap();
    let b_by_a = template("CN=B", authority_extensions(None)).issued_by(b.spki(), &first, &a).unwrap();
    let leaf = template("CN=x", leaf_extensions("x.y")).issued_by(key("p256").spki(), &first, &a).unwrap();
    let judgement = TrustStore::new().judge(&leaf, &[a_by_b, b_by_a], &StatusPolicy::exchange(now()));
    assert_eq!(judgement.status, CertificateStatus::Untrusted);
}

#[test]
fn revocation_lists_are_honoured() {
    let lab = Lab::new();
    let (revoked, good) = (lab.leaf(|leaf| leaf.serial = Some(vec![0x00, 0xAB, 0xCD])), lab.leaf(|_| {}));
    let folder = Folder::new();
    let authority = folder.write("ca.pem", lab.issuing.to_pem().as_bytes());
    let root = folder.write("root.pem", lab.root.to_pem().as_bytes());
    let make = |signer: &str, pool: &str, index: &str| {
        let database = folder.write("index.txt", index.as_bytes());
        let config = folder.write(
            "ca.cnf",
            format!("[ca]\ndefault_ca=d\n[d]\ndatabase={database}\ndefault_md=sha256\n").as_bytes(),
        );
        let key_file = key_path(pool);
        openssl(&[
            "ca",
            "-gencrl",
            "-config",
            &config,
            "-keyfile",
            key_file.to_str().unwrap(),
            "-cert",
            signer,
            "-crl_lastupdate",
            "20261120000000Z",
            "-crl_nextupdate",
            "20261220000000Z",
            "-out",
            &folder.path("list.pem"),
        ]);
        Crl::read(&folder.read("list.pem")).unwrap()
    };
    let list = make(
        &authority,
        "rsa2048-b",
        "R\t271124120000Z\t261121000000Z\tABCD\tunknown\t/CN=mail.contoso.com\n",
    );
    let root_list =
        make(&root, "rsa2048-a", "R\t271124120000Z\t261121000000Z\tABCD\tunknown\t/CN=other of the root\n");
    assert!(list.lists(&revoked) && !list.lists(&good) && !root_list.lists(&revoked));
    assert!(list.is_in_force(now()) && !list.is_in_force(now() + 60 * DAY));

    let required = StatusPolicy { revocation: RevocationPolicy::Required, ..StatusPolicy::exchange(now()) };
    let mut store = lab.store();
    assert_eq!(store.judge(&good, &[], &required).status, CertificateStatus::RevocationCheckFailure);
    store.add_crl(list.clone());
    assert_eq!(status(&store, &revoked).0, CertificateStatus::Revoked);
    assert_eq!(status(&store, &good).0, CertificateStatus::Valid);
    assert_eq!(store.judge(&good, &[], &required).status, CertificateStatus::RevocationCheckFailure);
    store.add_crl(root_list);
    assert_eq!(store.judge(&good, &[], &required).status, CertificateStatus::Valid);
    let later = StatusPolicy { now: now() + 60 * DAY, ..required };
    assert_eq!(store.judge(&good, &[], &later).status, CertificateStatus::RevocationCheckFailure);
    assert_eq!(store.judge(&revoked, &[], &later).status, CertificateStatus::Revoked);

    // A list signed by somebody else's key under the authority's name says nothing.
    let forger =
        template("CN=Lab Issuing, O=Contoso", authority_extensions(None)).self_signed(&key("p384")).unwrap();
    let forger = folder.write("forger.pem", forger.to_pem().as_bytes());
    let forged =
        make(&forger, "p384", "R\t271124120000Z\t261121000000Z\tABCD\tunknown\t/CN=mail.contoso.com\n");
    let mut store = lab.store();
    store.add_crl(forged);
    assert_eq!(status(&store, &revoked).0, CertificateStatus::Valid);
}

#[test]
fn the_systems_roots_are_third_party() {
    let lab = Lab::new();
    let store = lab.store().with_system_roots();
    assert_eq!(status(&store, &lab.leaf(|_| {})), (CertificateStatus::Valid, RootCaType::Enterprise));
    let folder = Folder::new();
    let listed = openssl(&["version", "-d"]);
    let directory = listed.split('"').nth(1).unwrap();
    let bundle = std::fs::read(format!("{directory}/certs/ca-certificates.crt")).unwrap_or_default();
    let Ok(roots) = read_certificates(&bundle) else {
        // A machine without installed roots: nothing is trusted then, and nothing fails.
        drop(folder);
        assert_eq!(
            status(&TrustStore::new().with_system_roots(), &lab.leaf(|_| {})).0,
            CertificateStatus::Untrusted
        );
        return;
    };
    let policy = StatusPolicy::exchange(roots[0].not_before());
    let judgement = store.judge(&roots[0], &[], &policy);
    assert_eq!((judgement.status, judgement.root), (CertificateStatus::Valid, RootCaType::ThirdParty));
}

#[test]
fn a_pending_request_has_its_own_status() {
    let judgement = Judgement::pending_request();
    assert_eq!((judgement.status.name(), judgement.root.name()), ("PendingRequest", "Unknown"));
    // observed: output.md 1.2, the captured numbers.
    assert_eq!(
        (CertificateStatus::Valid as u8, RootCaType::None as u8, RootCaType::Registry as u8),
        (1, 0, 3)
    );
}
