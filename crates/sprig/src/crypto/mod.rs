//! Keys, certificates, password hashes and AES: all that is heavy and rare. Without the feature `rare` their rows answer that they need
//! a full build.

#[cfg(feature = "rare")]
mod certificates;
#[cfg(feature = "rare")]
mod der;
#[cfg(feature = "rare")]
mod keys;
#[cfg(feature = "rare")]
mod passwords;
#[cfg(feature = "rare")]
mod pem;
#[cfg(feature = "rare")]
mod rng;
#[cfg(feature = "rare")]
mod x509;

use chartwright_template::{CallError, Reentry};

/// What these functions return.
pub(crate) type Answer = Result<Reentry, CallError>;

#[cfg(feature = "rare")]
pub(crate) use certificates::{
    build_custom_cert, gen_ca, gen_ca_with_key, gen_private_key, gen_self_signed_cert, gen_self_signed_cert_with_key, gen_signed_cert,
    gen_signed_cert_with_key,
};
#[cfg(feature = "rare")]
pub(crate) use passwords::{bcrypt, decrypt_aes, derive_password, encrypt_aes, htpasswd};

#[cfg(not(feature = "rare"))]
macro_rules! left_out {
    ($($function:ident $name:literal;)*) => {
        $(pub(crate) fn $function(
            _: &mut chartwright_template::Context<'_>,
            _: &mut chartwright_template::Templates<'_>,
            _: &[chartwright_value::Value],
        ) -> Answer {
            Err(CallError::NeedsFull($name))
        })*
    };
}

#[cfg(not(feature = "rare"))]
left_out! {
    bcrypt "bcrypt";
    build_custom_cert "buildCustomCert";
    decrypt_aes "decryptAES";
    derive_password "derivePassword";
    encrypt_aes "encryptAES";
    gen_ca "genCA";
    gen_ca_with_key "genCAWithKey";
    gen_private_key "genPrivateKey";
    gen_self_signed_cert "genSelfSignedCert";
    gen_self_signed_cert_with_key "genSelfSignedCertWithKey";
    gen_signed_cert "genSignedCert";
    gen_signed_cert_with_key "genSignedCertWithKey";
    htpasswd "htpasswd";
}
