// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/drill_sets.hpp"

#include <catch2/catch.hpp>

#include "app/present/today.hpp"
#include "tests/app/sets_of_drills.hpp"

using namespace rehearse;
using namespace rehearse::present;

namespace {

using Ids = std::vector<std::string>;

void solve(AppContext& context, const std::string& drill, std::int64_t at) {
  practice::Attempt attempt;
  attempt.drill = drill;
  attempt.language = "lua";
  attempt.kind = "timed";
  attempt.submitted_at = at;
  attempt.elapsed_s = 30;
  attempt.verdict = "AC";
  REQUIRE(practice::add_attempt(context.database(), attempt));
}

Ids idsOf(const SetList& list) {
  Ids ids;
  for (const practice::DrillSet& set : list.sets) ids.push_back(set.id);
  return ids;
}

}  // namespace

TEST_CASE("drill sets: without a file there are none, and Today offers a single drill") {
  const test::Product product;
  const auto context = product.open();
  const SetList list = drillSets(*context);
  CHECK(list.sets.empty());
  CHECK(list.error.isEmpty());
  for (const Offer& offer : todaysAgenda(*context).offers) CHECK(offer.kind != Offer::Kind::set);
}

TEST_CASE("drill sets: the day's own comes first; what is not there is passed over") {
  const test::Product product;
  test::writeSets(product);
  const auto context = product.open();
  const SetList list = drillSets(*context);
  REQUIRE(idsOf(list) == Ids{"daily", "sums", "one-sitting"});
  CHECK(list.find("sums")->drills == Ids{"add-three", "add-two"});
  CHECK(list.find("daily")->drills == Ids{"add-three", "add-two"});
  CHECK_FALSE(list.find("nothing"));
  CHECK(aboutSet(*context, *list.find("sums")) == "From easy to hard. 2 drills, 2 min.");
  CHECK(aboutSet(*context, *list.find("one-sitting")) == "1 drill, 40 min.");
}

TEST_CASE("drill sets: a wrong file of the user is told and leaves the product's sets alone") {
  const test::Product product;
  test::writeSets(product);
  test::writeFile(product.home() + "/drills/sets.toml", "[[set]]\nid = \"mine\"\n");
  const auto context = product.open();
  const SetList list = drillSets(*context);
  CHECK(list.error.contains("sets.toml:1"));
  CHECK(list.find("sums"));
}

TEST_CASE("drill sets: the day's set stays as it is while it is solved, and Today counts down") {
  const test::Product product;
  test::writeSets(product);
  const auto context = product.open();
  solve(*context, "add-one", practice::system_seconds() - 100 * 86400);  // no longer a first run
  const auto offered = [&] {
    for (const Offer& offer : todaysAgenda(*context).offers)
      if (offer.kind == Offer::Kind::set) return offer.title;
    return QString();
  };
  const Ids before = drillSets(*context).find("daily")->drills;
  CHECK(before == Ids{"add-one", "add-three", "add-two"});
  CHECK(offered() == "Today's set: 3 drills");
  for (const std::string& id : before) {
    CHECK(drillSets(*context).find("daily")->drills == before);
    solve(*context, id, practice::system_seconds());
    if (id != before.back()) CHECK(offered().contains("of 3 drills left"));
  }
  CHECK(offered().isEmpty());
}
