"""Both sets of algorithms against the vectors of their standards; what one set has made is read under the other."""

import io

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from gmalg import SM2
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ronghe.common.crypto import current
from ronghe.common.crypto.suites import FIRST, GUOMI, SM2_USER, SUITES, WrongKey, is_digest_of, suite_of_digest, write_digest
from ronghe.common.sealing import CannotUnseal, seal, unseal
from ronghe.operations.sealedfile import CannotOpen, SealedReader, SealedWriter

SECRET = bytes.fromhex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8")
PUBLIC = bytes.fromhex(
    "0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
)
SIGNATURE = bytes.fromhex(
    "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA"
)
K = 0x59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path):
    settings.RONGHE_KEYS = tmp_path / "keys"


@pytest.mark.parametrize(
    ("text", "digest"),
    [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_of_gb_t_32905(text, digest):
    assert GUOMI.hash(text).hex() == digest
    assert write_digest(GUOMI, text) == f"sm3:{digest}"


def test_sm4_of_gb_t_32907():
    block = bytes.fromhex("0123456789abcdeffedcba9876543210")
    work = Cipher(algorithms.SM4(block), modes.ECB()).encryptor()
    assert work.update(block).hex() == "681edf34d206965e86b3e94f536e4246"


def test_sm4_gcm_of_rfc_8998():
    key, nonce = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210"), bytes.fromhex("00001234567800000000ABCD")
    plain = bytes.fromhex("AA" * 8 + "BB" * 8 + "CC" * 8 + "DD" * 8 + "EE" * 8 + "FF" * 8 + "EE" * 8 + "AA" * 8)
    sealed = GUOMI.encrypt(key, nonce, plain, bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2"))
    assert sealed.hex().upper() == (
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )


def test_sm2_signature_of_gb_t_32918():
    assert GUOMI.public_of(SECRET) == PUBLIC
    r, s = SM2(SECRET, SM2_USER, PUBLIC, rnd_fn=lambda bits: K).sign(b"message digest")
    assert r + s == SIGNATURE
    GUOMI.verify(PUBLIC, b"message digest", SIGNATURE)
    for public, message, signature in (
        (PUBLIC, b"message digesT", SIGNATURE),
        (PUBLIC, b"message digest", SIGNATURE[::-1]),
        (PUBLIC, b"message digest", SIGNATURE[:-1]),
        (PUBLIC, b"message digest", bytes(64)),
        (bytes(65), b"message digest", SIGNATURE),
    ):
        with pytest.raises(WrongKey):
            GUOMI.verify(public, message, signature)


@pytest.mark.parametrize("made", SUITES)
@pytest.mark.parametrize("read", SUITES)
def test_what_one_set_made_is_read_under_the_other(settings, made, read):
    settings.RONGHE_CRYPTO = made
    sealed, signature, digest = seal("机器人地址"), current.sign(b"m"), current.digest(b"d")
    raw = io.BytesIO()
    with SealedWriter(raw, "一个够长的口令 2026") as writer:
        writer.write("内容".encode() * 400_000)
    kept = str(current.public_keys())
    settings.RONGHE_CRYPTO = read
    assert unseal(sealed) == "机器人地址"
    assert is_digest_of(digest, b"d")
    assert not is_digest_of(digest, b"e")
    assert suite_of_digest(digest).code == made
    current.parse_public_keys(kept).check(b"m", signature)
    current.public_keys().check(b"m", signature)
    for keys, message in ((current.parse_public_keys(kept), b"n"), (current.PublicKeys({}), b"m")):
        with pytest.raises(WrongKey):
            keys.check(message, signature)
    raw.seek(0)
    with SealedReader(raw, "一个够长的口令 2026") as reader:
        assert reader.read() == "内容".encode() * 400_000
    raw.seek(0)
    with pytest.raises(CannotOpen):
        SealedReader(raw, "另一个口令")


@pytest.mark.parametrize("code", SUITES)
def test_another_key_opens_nothing(settings, tmp_path, code):
    settings.RONGHE_CRYPTO = code
    sealed, signature = seal("x"), current.sign(b"m")
    settings.RONGHE_KEYS = tmp_path / "others"
    with pytest.raises(CannotUnseal):
        unseal(sealed)
    with pytest.raises(WrongKey):
        current.public_keys().check(b"m", signature)
    with pytest.raises(CannotUnseal):
        unseal(f"{sealed[:-3]}!!!")


@given(st.binary(max_size=200), st.binary(max_size=40))
@hypothesis_settings(max_examples=30)
def test_streams_are_bound_to_key_nonce_and_head(data, head):
    for suite in (FIRST, GUOMI):
        key, nonce = bytes(suite.stream_key), b"n" * 12
        sealed = suite.encrypt(key, nonce, data, head)
        assert suite.decrypt(key, nonce, sealed, head) == data
        for wrong in ((b"k" * suite.stream_key, nonce, head), (key, b"m" * 12, head), (key, nonce, head + b"x")):
            with pytest.raises(WrongKey):
                suite.decrypt(wrong[0], wrong[1], sealed, wrong[2])


@pytest.mark.parametrize("text", ["", "12", "sm2:12", "zz", "00" * 65])
def test_no_public_key(text):
    with pytest.raises(ValueError, match=r"^\(?"):
        current.parse_public_keys(text)
