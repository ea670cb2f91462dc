// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/triage/update.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

namespace {

using namespace rehearse;

bool held(std::string_view text, std::string_view name) {
  for (const triage::UpdateCheck& check : triage::review_update(text).checks)
    if (check.name == name) return check.held;
  FAIL("no such check");
  return false;
}

}  // namespace

TEST_CASE("update: each of the five things is found where it is and not where it is not") {
  struct Case {
    const char *name, *with, *without;
  };
  const Case cases[] = {
      {"impact", "CTR is down 12% on android", "things look bad on android"},
      {"impact", "Nobody is affected.", "5 hosts were replaced"},
      {"known", "Confirmed: the store is stale", "the store may be stale"},
      {"known", "CTR fell because the field is null", "the cause is not known"},
      {"unknown", "Not yet known: who else reads it", "it is known who reads it"},
      {"next step", "We are rolling back.", "A roll-back would be an option"},
      {"next update", "Next update at 14:30.", "Next update soon"},
      {"next update", "I will update again in 20 minutes", "the update took 20 minutes"}};
  for (const Case& one : cases) {
    INFO(one.name << ": " << one.with << " / " << one.without);
    CHECK(held(one.with, one.name));
    CHECK_FALSE(held(one.without, one.name));
  }
}

TEST_CASE("update: words count as words, not as parts of others") {
  CHECK_FALSE(held("the electrons are at 5", "impact"));  // `ctr` stands in none of them
  CHECK_FALSE(held("we will, undoubtedly", "unknown"));
  CHECK(held("12 users", "impact"));
}

TEST_CASE("update: an empty one holds nothing, is advised, and earns nothing") {
  const auto review = triage::review_update("");
  CHECK(review.checks.size() == 5);
  CHECK(review.share() == 0);
  CHECK_FALSE(review.advice.empty());
}

TEST_CASE("update: any bytes are reviewed, and more text never loses a check") {
  CHECK(rc::check([](const std::string& text) {
    const auto before = triage::review_update(text);
    const auto after = triage::review_update(text + "\nNext update at 14:30.");
    RC_ASSERT(before.checks.size() == 5u);
    for (std::size_t i = 0; i < 5; ++i)
      if (before.checks[i].held) RC_ASSERT(after.checks[i].held);
    RC_ASSERT(after.checks[4].held);
  }));
}
