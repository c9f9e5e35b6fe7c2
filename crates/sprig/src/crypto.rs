//! Keys, certificates, password hashes and AES. Each is a row whose call says that it is not supported.

use crate::args::Outcome;
use chartwright_template::Context;
use chartwright_value::Value;

macro_rules! unsupported {
    ($($function:ident $name:literal;)*) => {
        $(pub(crate) fn $function(_: &mut Context<'_>, _: &[Value]) -> Outcome {
            Err(concat!($name, " is not supported yet").into())
        })*
    };
}

unsupported! {
    bcrypt "bcrypt";
    htpasswd "htpasswd";
    gen_private_key "genPrivateKey";
    derive_password "derivePassword";
    build_custom_cert "buildCustomCert";
    gen_ca "genCA";
    gen_ca_with_key "genCAWithKey";
    gen_self_signed_cert "genSelfSignedCert";
    gen_self_signed_cert_with_key "genSelfSignedCertWithKey";
    gen_signed_cert "genSignedCert";
    gen_signed_cert_with_key "genSignedCertWithKey";
    encrypt_aes "encryptAES";
    decrypt_aes "decryptAES";
}
