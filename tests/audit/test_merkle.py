"""Trees: roots by published vectors, ways up and proofs by brute force, each read by the witness's own code as well."""

import pytest

from apps.audit import merkle
from tests.audit.witnessing import program

# of the Certificate Transparency project (merkletree test vectors for RFC 6962)
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
MANY = [merkle.leaf(bytes([number])) for number in range(40)]
witness = program()


@pytest.mark.parametrize("count", ROOTS)
def test_roots_are_those_of_the_published_vectors(count):
    leaves = [merkle.leaf(bytes.fromhex(one)) for one in LEAVES[:count]]
    assert merkle.root(leaves).hex() == ROOTS[count]
    assert witness.root_of(leaves).hex() == ROOTS[count]


def test_each_root_of_a_growing_tree_is_that_of_a_tree_made_anew():
    assert list(merkle.roots(MANY)) == [witness.root_of(MANY[:count]) for count in range(1, len(MANY) + 1)]
    assert merkle.root([]) == witness.root_of([]) == merkle.EMPTY


def test_every_leaf_climbs_to_the_root_and_no_other_does():
    for count in range(1, 20):
        leaves, root = MANY[:count], merkle.root(MANY[:count])
        for at in range(count):
            way = merkle.way_up(leaves, at)
            assert merkle.climbed(leaves[at], way) == witness.climb(leaves[at], way) == root
            assert merkle.climbed(MANY[39], way) != root


def grows(size, new_size, proof, old=None, new=None):
    """Whether the witness believes it."""
    try:
        witness.must_have_grown(
            size, old or merkle.root(MANY[:size]), new_size, new or merkle.root(MANY[:new_size]), proof
        )
    except witness.Fault:
        return False
    return True


def test_a_log_that_grew_is_believed_whatever_its_sizes():
    assert all(
        grows(size, new_size, merkle.consistency(MANY[:new_size], size))
        for new_size in range(1, 34)
        for size in range(1, new_size + 1)
    )


def test_no_other_log_is_believed_and_no_changed_proof():
    other = [merkle.leaf(b"other"), *MANY[1:]]
    for new_size in range(2, 20):
        for size in range(1, new_size):
            proof = merkle.consistency(MANY[:new_size], size)
            forged = merkle.root(other[:new_size])
            assert not grows(size, new_size, merkle.consistency(other[:new_size], size), new=forged)
            assert not grows(size, new_size, proof, new=forged)
            assert not grows(size, new_size, proof, old=forged)
            assert not grows(size, new_size, [*proof, proof[0]])
            for at in range(len(proof)):
                assert not grows(size, new_size, proof[:at] + proof[at + 1 :])
                assert not grows(size, new_size, [*proof[:at], merkle.EMPTY.hex(), *proof[at + 1 :]])
            assert not grows(size, new_size, [*proof[:-1], "no seal"])


def test_a_log_does_not_shrink():
    assert not grows(7, 5, [])
    assert not grows(0, 5, [])
    assert not grows(5, 5, [], new=merkle.root(MANY[:6]))
