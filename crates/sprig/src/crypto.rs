//! Keys and certificates are rows whose call says that they are not supported; so are the functions of `passwords` where that feature
//! is left out.

use crate::args::Outcome;
use chartwright_template::Context;
use chartwright_value::Value;

#[cfg(feature = "passwords")]
pub(crate) use crate::passwords::{bcrypt, decrypt_aes, derive_password, encrypt_aes, htpasswd};

macro_rules! unsupported {
    ($($function:ident $name:literal;)*) => {
        $(pub(crate) fn $function(_: &mut Context<'_>, _: &[Value]) -> Outcome {
            Err(concat!($name, " is not supported yet").into())
        })*
    };
}

unsupported! {
    gen_private_key "genPrivateKey";
    build_custom_cert "buildCustomCert";
    gen_ca "genCA";
    gen_ca_with_key "genCAWithKey";
    gen_self_signed_cert "genSelfSignedCert";
    gen_self_signed_cert_with_key "genSelfSignedCertWithKey";
    gen_signed_cert "genSignedCert";
    gen_signed_cert_with_key "genSignedCertWithKey";
}

#[cfg(not(feature = "passwords"))]
unsupported! {
    bcrypt "bcrypt";
    htpasswd "htpasswd";
    derive_password "derivePassword";
    encrypt_aes "encryptAES";
    decrypt_aes "decryptAES";
}
