"""The steps of an index, by hand and by property."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from indicators.catalog import load_catalog
from indicators.composite import steps
from indicators.composite.aggregate import aggregate, mean, places
from indicators.composite.build import Composite, RefusedError, build
from indicators.composite.inputs import Inputs, gather, wanted
from indicators.composite.normalise import min_max, normalise, rank_score, ranks, z_score
from indicators.composite.recipe import NORMALISATIONS, Part, Recipe
from indicators.composite.simulate import SOURCES, Model, simulate, variance_shares
from indicators.composite.treat import LEAST, skewness, treat, winsorise
from indicators.composite.usual import load_usual
from indicators.composite.weigh import entropy, equal, own, shannon
from tests.observations import breaks_of, frame_of, observed

CATALOG = load_catalog()
NAN = float("nan")
CODES = ("110000", "120000", "130000", "140000", "150000", "210000")
numbers = st.floats(-1e6, 1e6, allow_nan=False, allow_subnormal=False).map(lambda value: round(value, 3))
columns = arrays(float, st.integers(LEAST, 31), elements=numbers).filter(lambda values: np.ptp(values) > 1)


def near(found: object, expected: object) -> bool:
    return bool(np.allclose(np.asarray(found, dtype=float), np.asarray(expected, dtype=float), equal_nan=True))


# --- treatment --------------------------------------------------------------------------------------------------------


def test_a_limit_on_pulled_in_values_is_kept() -> None:
    values = np.array([*range(1, 21), 100.0, 200.0])
    pulled, changed = winsorise(values, 1)
    assert pulled[-2:].tolist() == [100, 100] and changed == (21,)
    pulled, changed = winsorise(values, 2)
    assert pulled[-2:].tolist() == [20, 20] and changed == (20, 21)


def test_equal_outliers_are_pulled_in_together_or_not_at_all() -> None:
    values = np.array([*np.linspace(1, 2, 40), 90.0, 90.0])
    assert winsorise(values, 1)[1] == ()
    assert winsorise(values, 2)[1] == (40, 41)


def test_low_outliers_are_pulled_up_and_never_put_on_a_log_scale() -> None:
    values = -np.array([*range(1, 21), 100.0, 200.0])
    found = treat(values, "auto", 1)
    assert found.action == "winsorised" and found.values[-1] == -100 and found.outlying
    assert treat(values, "log").action == "kept"


def test_what_keeps_the_rule_is_left_alone_and_gaps_stay() -> None:
    values = np.array([3, 1, NAN, 2, 5, 4, 100.0])
    assert treat(values, "none").action == "kept"
    found = treat(values, "auto", 5)
    assert found.action == "winsorised" and found.changed == (6,)
    assert near(found.values, [3, 1, NAN, 2, 5, 4, 5])


def test_four_values_say_nothing_about_outliers() -> None:
    assert treat(np.array([1, 1, 1, 1e9]), "auto").action == "kept"


@given(columns)
def test_treatment_never_turns_the_order_round(values: np.ndarray) -> None:
    found = treat(values, "auto", 5)
    order = np.argsort(values, kind="stable")
    assert (np.diff(found.values[order]) >= -1e-9).all()
    assert len(found.changed) <= 5


@given(columns, st.floats(0.01, 1000), st.floats(-1000, 1000))
def test_skewness_does_not_depend_on_the_unit(values: np.ndarray, factor: float, shift: float) -> None:
    assert skewness(values * factor + shift) == pytest.approx(skewness(values), abs=1e-3)


# --- normalisation ----------------------------------------------------------------------------------------------------


def test_scales_by_hand() -> None:
    values = np.array([2, 4, NAN, 10.0])
    assert near(min_max(values), [0, 25, NAN, 100])
    assert near(normalise(values, "minmax", positive=True), [1, 25.75, NAN, 100])
    assert near(normalise(values, "minmax", lower=True), [100, 75, NAN, 0])
    # Mean 16/3, standard deviation (n - 1) of 2, 4, 10: sqrt(52/3).
    assert near(z_score(values), (np.array([2, 4, NAN, 10]) - 16 / 3) / np.sqrt(52 / 3))
    assert near(ranks(np.array([5, 7, 5, NAN, 9])), [1, 3, 1, NAN, 4])
    assert near(rank_score(np.array([5, 7, 5, NAN, 9])), [25, 75, 25, NAN, 100])
    assert near(min_max(np.array([-5, 5, 20.0]), 0, 10), [0, 50, 100])


@given(columns, st.sampled_from(NORMALISATIONS), st.floats(0.01, 1000))
def test_a_change_of_unit_changes_no_score(values: np.ndarray, how: str, factor: float) -> None:
    assert np.allclose(normalise(values, how), normalise(values * factor, how), atol=1e-6)


@given(columns, st.sampled_from(NORMALISATIONS))
def test_more_is_better_and_for_lower_less_is(values: np.ndarray, how: str) -> None:
    order = np.argsort(values)
    assert (np.diff(normalise(values, how)[order]) >= 0).all()
    assert (np.diff(normalise(values, how, lower=True)[order]) <= 0).all()


@pytest.mark.parametrize("how", NORMALISATIONS)
def test_equal_values_have_no_scale(how: str) -> None:
    with pytest.raises(ValueError, match="equal"):
        normalise(np.array([3.0, 3.0, 3.0]), how)


def test_standard_scores_have_no_geometric_mean() -> None:
    with pytest.raises(ValueError, match="not positive"):
        normalise(np.array([1.0, 2.0]), "zscore", positive=True)


# --- weights and means ------------------------------------------------------------------------------------------------


def test_equal_weights_are_equal_in_each_theme_and_among_themes() -> None:
    found = equal(["a", "a", "b"])
    assert found.themes == ("a", "b")
    assert near(found.effective, [0.25, 0.25, 0.5])


def test_own_weights_are_scaled_and_an_empty_theme_weighs_nothing() -> None:
    found = own(["a", "a", "b"], {"a": 3.0}, np.array([1.0, 3.0, 0.0]))
    assert near(found.effective, [0.25, 0.75, 0])
    with pytest.raises(ValueError, match="nothing weighs"):
        own(["a"], {"a": 0.0}, np.array([1.0]))


def test_entropy_by_hand() -> None:
    # Shares 0, 1/4, 3/4: e = -(1/4 ln 1/4 + 3/4 ln 3/4) / ln 3.
    first = -(0.25 * np.log(0.25) + 0.75 * np.log(0.75)) / np.log(3)
    # Shares 0, 1/3, 2/3.
    second = -(np.log(1 / 3) / 3 + 2 * np.log(2 / 3) / 3) / np.log(3)
    # 1, 2, 4 becomes 0, 1/3, 1; 1, 2, 3 becomes 0, 1/2, 1.
    values = np.array([[1, 1], [2, 2], [4, 3.0]])
    assert shannon(values[:, 0]) == pytest.approx(first)
    assert shannon(values[:, 1]) == pytest.approx(second)
    found = entropy(["a", "b"], values)
    assert near(found.across, np.array([1 - first, 1 - second]) / (2 - first - second))
    assert found.across[0] > found.across[1]


def test_means_by_hand() -> None:
    values = np.array([[1, 4], [NAN, 9], [NAN, NAN]])
    assert near(mean(values, np.array([0.5, 0.5]), "arithmetic"), [2.5, 9, NAN])
    assert near(mean(values, np.array([0.5, 0.5]), "geometric"), [2, 9, NAN])
    assert near(mean(values, np.array([3.0, 1.0]), "arithmetic"), [1.75, 9, NAN])
    with pytest.raises(ValueError, match="positive"):
        mean(np.array([[0.0, 1.0]]), np.array([1.0, 1.0]), "geometric")


@given(arrays(float, (6, 4), elements=st.floats(1, 100)), arrays(float, 4, elements=st.floats(0.1, 5)))
def test_the_geometric_mean_is_never_above_the_arithmetic_one(values: np.ndarray, weights: np.ndarray) -> None:
    assert (mean(values, weights, "geometric") <= mean(values, weights, "arithmetic") + 1e-9).all()


def test_two_levels_by_hand() -> None:
    values = np.array([[0, 100, 40], [50, NAN, NAN]])
    themes, index = aggregate(values, equal(["a", "a", "b"]), "arithmetic")
    assert near(themes, [[50, 40], [50, NAN]])
    assert near(index, [45, 50])


def test_places_are_shared_and_missing_scores_come_last() -> None:
    assert places(np.array([5, 9, 5, NAN, 1])).tolist() == [2, 1, 2, 5, 4]


# --- the data step ----------------------------------------------------------------------------------------------------


def rows_of(*values: tuple[str, str, int, float, str], **more: object) -> pd.DataFrame:
    return frame_of([observed(*one, **more) for one in values])


def test_the_latest_of_the_allowed_years_is_taken() -> None:
    rows = rows_of(
        (CODES[0], "rd_intensity", 2021, 2.0, "percent"),
        (CODES[0], "rd_intensity", 2022, 3.0, "percent"),
        (CODES[1], "rd_intensity", 2021, 4.0, "percent"),
        (CODES[2], "rd_intensity", 2020, 9.0, "percent"),
    )
    recipe = Recipe((Part("rd_intensity"),), 2022, years=2)
    assert wanted(recipe, CODES).years == (2021, 2022)
    found = gather(rows, recipe, CODES[:3], CATALOG, breaks_of())
    assert near(found.values, [[3], [4], [NAN]])
    assert found.years.ravel().tolist() == [2022, 2021, 0]


def test_values_from_before_a_break_do_not_stand_beside_later_ones() -> None:
    rows = rows_of((CODES[0], "rd_intensity", 2022, 3.0, "percent"), (CODES[1], "rd_intensity", 2021, 4.0, "percent"))
    recipe = Recipe((Part("rd_intensity"),), 2022, years=2)
    found = gather(rows, recipe, CODES[:2], CATALOG, breaks_of(("rd_intensity", 2022)))
    assert near(found.values, [[3], [NAN]])
    assert [(note.code, note.params["n"], note.params["year"]) for note in found.notes] == [("before_break", 1, 2022)]
    before = gather(rows.iloc[1:], recipe, CODES[:2], CATALOG, breaks_of(("rd_intensity", 2023)))
    assert near(before.values, [[NAN], [4]]) and not before.notes


def test_a_value_per_head_leads_to_both_printed_values() -> None:
    rows = rows_of((CODES[0], "pct_applications", 2022, 50.0, "count"), (CODES[0], "population", 2022, 2e6, "person"))
    recipe = Recipe((Part("pct_applications", "per_head"),), 2022)
    found = gather(rows, recipe, CODES[:2], CATALOG, breaks_of())
    assert near(found.values, [[0.25], [NAN]]) and found.units == ("per_10k",)
    assert set(found.rows["inputs"].iloc[0]) == set(rows["observation_id"]) == set(found.printed["observation_id"])


@pytest.mark.parametrize(
    "more",
    [
        {"comparator": "ge"},
        {"scenario": "target"},
        {"scope": "industrial park"},
        {"grade": "national"},
        {"standing": "superseded"},
        {"measure": "growth"},
    ],
    ids=lambda more: next(iter(more)),
)
def test_only_exact_actual_current_levels_of_whole_regions_enter(more: dict[str, str]) -> None:
    rows = rows_of((CODES[0], "rd_intensity", 2022, 3.0, "percent"), **more)
    found = gather(rows, Recipe((Part("rd_intensity"),), 2022), CODES[:1], CATALOG, breaks_of())
    assert np.isnan(found.values).all() and found.printed.empty


# --- the whole ---------------------------------------------------------------------------------------------------------

PARTS = (Part("rd_intensity"), Part("pct_applications"), Part("tech_contract_value"), Part("gdp_per_capita"))
VALUES = np.array([[9, 8, 7, 9], [8, 9, 8, 8], [5, 6, 4, 5], [4, 3, 5, 4], [2, 2, 3, 1], [1, 1, 1, 2.0]])


def given_inputs(values: np.ndarray = VALUES, parts: tuple[Part, ...] = PARTS) -> Inputs:
    empty = frame_of([])
    years = np.where(np.isfinite(values), 2022, 0)
    return Inputs(CODES[: len(values)], parts, ("percent",) * len(parts), values, years, empty, empty, ())


def made(values: np.ndarray = VALUES, parts: tuple[Part, ...] = PARTS, **choices: object) -> Composite:
    return build(Recipe(parts, 2022, **choices), given_inputs(values, parts), CATALOG, simulations=50)


def test_a_small_index_by_hand() -> None:
    found = made()
    assert found.weights.themes == ("research", "output", "economy")
    # Min-max of the second region: (8-1)/8, (9-1)/8, (8-1)/7, (8-1)/8; output is the mean of two.
    assert near(found.scores[1], [87.5, 100, 87.5])
    assert found.index[1] == pytest.approx((87.5 + 100 + 87.5) / 3)
    assert found.ranks.tolist() == [1, 2, 3, 4, 5, 6] or found.ranks.tolist() == [2, 1, 3, 4, 5, 6]
    assert near(steps.contributions(found).drop(columns="region").sum(axis=1), found.index)


def test_a_gap_is_left_out_and_the_rest_weighs_more() -> None:
    values = VALUES.copy()
    values[2, 3] = NAN
    found = made(values)
    assert found.incomplete == (CODES[2],)
    assert found.index[2] == pytest.approx(np.mean(found.scores[2, :2]))
    assert steps.index(found, CATALOG).set_index("region")["have"][CODES[2]] == 3


def test_a_region_below_the_coverage_gets_no_score_and_is_told() -> None:
    values = VALUES.copy()
    values[2, 1:] = NAN
    found = made(values)
    assert CODES[2] not in found.regions
    [left_out] = found.left_out
    assert (left_out.region, left_out.indicators, left_out.of_indicators, left_out.themes) == (CODES[2], 1, 4, 1)
    assert steps.left_out(found, CATALOG)["region"].tolist() == [CODES[2]]


def test_themes_count_for_the_coverage_of_their_own() -> None:
    values = VALUES.copy()
    values[2, 3] = NAN
    assert CODES[2] in made(values, theme_cover=60).regions
    assert CODES[2] not in made(values, theme_cover=70).regions


def test_an_indicator_without_differences_does_not_enter_and_counts_for_nobody() -> None:
    values = VALUES.copy()
    values[:, 0] = 7
    found = made(values)
    assert found.unusable == (PARTS[0],) and len(found.parts) == 3 and not found.left_out


def test_the_direction_of_an_indicator_is_respected() -> None:
    days = Part("business_setup_days")
    assert CATALOG.indicators[days.indicator].direction == "lower"
    found = made(parts=(days, *PARTS[1:]))
    assert found.normalised[:, 0] == pytest.approx(100 - made().normalised[:, 0])
    assert found.normalised[:, 1:] == pytest.approx(made().normalised[:, 1:])


@pytest.mark.parametrize(
    ("choices", "values", "code"),
    [
        ({"normalisation": "zscore", "aggregation": "geometric"}, VALUES, "not_positive"),
        ({}, VALUES[:4], "few_regions"),
        ({}, np.where(np.arange(6)[:, None] < 2, VALUES, NAN), "few_covered"),
        ({}, np.ones((6, 4)), "few_usable"),
        ({"parts": PARTS[:1]}, VALUES[:, :1], "few_parts"),
        ({"parts": (*PARTS[:3], Part("population"))}, VALUES, "unfit_part"),
        ({"weighting": "own", "weights": tuple((part.code, 0.0) for part in PARTS)}, VALUES, "no_weight"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_makes_no_index_is_refused_by_name(choices: dict[str, object], values: np.ndarray, code: str) -> None:
    with pytest.raises(RefusedError) as caught:
        made(values, **choices)
    assert caught.value.code == code


@given(
    arrays(float, (8, 4), elements=st.floats(1, 1000).map(lambda value: round(value, 1))).filter(
        lambda values: (np.ptp(values, axis=0) > 1).all()
    ),
    st.sampled_from(NORMALISATIONS),
)
def test_the_unit_of_an_indicator_never_changes_the_index(values: np.ndarray, how: str) -> None:
    inputs = [given_inputs(some) for some in (values[:6], values[:6] * np.array([1e-4, 1e8, 100, 1]))]
    if any(np.ptp(column) <= 1 for column in values[:6].T):
        return
    one, other = (build(Recipe(PARTS, 2022, normalisation=how), some, CATALOG, simulations=2) for some in inputs)
    assert np.allclose(one.index, other.index, atol=1e-6)


# --- how sure it is ----------------------------------------------------------------------------------------------------


def model(values: np.ndarray = VALUES, **choices: object) -> Model:
    recipe = Recipe(PARTS, 2022, **choices)
    return Model(values, [False] * 4, recipe, equal(["a", "b", "b", "c"]))


def test_the_same_seed_gives_the_same_ranks_and_another_one_others() -> None:
    one, again, other = (simulate(model(), 200, seed) for seed in (1, 1, 2))
    assert np.array_equal(one.ranks, again.ranks) and one.effects == again.effects
    assert not np.array_equal(one.ranks, other.ranks)


def test_the_recipe_itself_gives_its_own_ranks() -> None:
    for choices in ({}, {"normalisation": "rank"}, {"aggregation": "geometric"}, {"normalisation": "zscore"}):
        built = made(**choices)
        machine = Model(VALUES, [False] * 4, built.recipe, built.weights)
        assert np.array_equal(machine.ranks(machine.unchanged(1))[0], built.ranks)


def test_a_region_that_is_best_in_everything_is_first_whatever_is_changed() -> None:
    values = VALUES.copy()
    values[3] = 20
    found = simulate(model(values), 300)
    assert (found.ranks[:, 3] == 1).all()
    assert found.low[3] == found.middle[3] == found.high[3] == 1


def test_ranges_hold_the_median_and_nine_tenths_of_the_simulations() -> None:
    found = simulate(model(), 400)
    inside = (found.ranks >= found.low) & (found.ranks <= found.high)
    assert (found.low <= found.middle).all() and (found.middle <= found.high).all()
    assert (inside.mean(axis=0) >= 0.9).all()


def test_what_has_no_bearing_shifts_nothing() -> None:
    values = np.random.default_rng(3).uniform(1, 10, (12, 4))
    effects = {one.source: one for one in simulate(model(values), 500).effects}
    assert tuple(effects) == SOURCES
    assert effects["treatment"].shift == 0 and effects["treatment"].total == 0
    assert effects["indicators"].shift > 0
    # Choices are drawn independently, so what they explain by themselves cannot add up to more than everything.
    assert sum(one.first for one in effects.values()) < 1.1
    assert sum(one.total for one in effects.values()) > 0.9


def test_the_variance_goes_to_the_one_source_that_varies() -> None:
    values = np.random.default_rng(4).uniform(1, 10, (12, 4))
    machine = model(values)
    generator = np.random.default_rng(5)
    still = machine.unchanged(400)
    one, other = (still.with_source("indicators", machine.draw(generator, 400)) for _ in range(2))
    first, total = variance_shares(machine, one, other, machine.ranks(one))
    assert first["indicators"] == pytest.approx(1, abs=0.1) and total["indicators"] == pytest.approx(1, abs=0.1)
    assert all(first[name] == total[name] == 0 for name in SOURCES if name != "indicators")


def test_a_rank_that_never_changes_has_no_variance_to_explain() -> None:
    values = np.arange(6, 0, -1)[:, None] * np.ones((6, 4))
    found = simulate(model(values), 100)
    assert all(np.isnan(one.total) and one.shift == 0 for one in found.effects)


def test_gaps_are_carried_through_the_simulations() -> None:
    values = VALUES.copy()
    values[5, :3] = NAN
    ranks_found = simulate(model(values), 100).ranks
    # Without its one indicator the region has no score and comes last.
    assert ranks_found.max() == 6 and ranks_found.min() == 1


# --- the tables of the steps -------------------------------------------------------------------------------------------


def test_every_step_is_a_table() -> None:
    found = made()
    tables = {name: table_of(found, CATALOG) for name, table_of in steps.STEPS.items()}
    assert tables["index"]["rank"].is_monotonic_increasing
    assert tables["weights"]["weight_in_index"].sum() == pytest.approx(100)
    assert tables["simulations"].shape == (50, 7)
    assert tables["values"].shape == (6, 5) and tables["years"].iloc[0, 1] == 2022
    assert tables["effects"]["choice"].tolist() == list(SOURCES)


def test_the_values_that_were_pulled_in_are_listed() -> None:
    values = np.column_stack([np.append(np.arange(1.0, 12), 500.0)] * 4)
    codes = [region.code for region in CATALOG.regions.provinces()][:12]
    empty = frame_of([])
    inputs = Inputs(tuple(codes), PARTS, ("percent",) * 4, values, np.full(values.shape, 2022), empty, empty, ())
    table = steps.changes(build(Recipe(PARTS, 2022), inputs, CATALOG, simulations=2), CATALOG)
    assert table.values.tolist() == [[part.code, codes[11], 500.0, 11.0, "percent"] for part in PARTS]


def test_a_geometric_mean_has_no_contributions() -> None:
    with pytest.raises(ValueError, match="does not add up"):
        steps.contributions(made(aggregation="geometric"))


def test_the_usual_indicators_can_enter() -> None:
    parts = load_usual().parts
    assert 8 <= len(parts) <= 12 and len(set(parts)) == len(parts)
