// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/preferences.hpp"

#include <QSet>
#include <catch2/catch.hpp>

#include "tests/app/qt_home.hpp"

using namespace rehearse;

TEST_CASE("preferences: each has a key of its own, words, and a default that it allows") {
  const test::Product product;
  const auto context = product.open();
  QSet<QString> keys;
  for (const present::Preference& one : present::preferences()) {
    INFO(one.key.toStdString());
    CHECK_FALSE(keys.contains(one.key));
    keys.insert(one.key);
    CHECK_FALSE(one.title.isEmpty());
    CHECK(one.sentence.endsWith('.'));
    CHECK_FALSE(one.section.isEmpty());
    CHECK(present::preferenceValue(*context, one) == one.otherwise);
  }
}

TEST_CASE("preferences: what a kind does not allow is as if it were not set") {
  const test::Product product;
  const auto context = product.open();
  for (const auto& [key, nonsense] :
       {std::pair{"theme", "sepia"}, std::pair{"editor.vim", "yes"},
        std::pair{"editor.zoom", "400"}, std::pair{"editor.zoom", "x"},
        std::pair{"interview_date", "soon"}}) {
    context->setSetting(key, nonsense);
    INFO(key << " " << nonsense);
    CHECK(present::preferenceValue(*context, key) != nonsense);
  }
}

TEST_CASE("preferences: a reset says what it took, keeps the interview, and can be taken back") {
  const test::Product product;
  const auto context = product.open();
  context->setSetting("theme", "dark");
  context->setSetting("editor.zoom", "4");
  context->setSetting("interview_date", "2031-01-02");
  const present::PreferenceValues before = present::resetPreferences(*context);
  CHECK(before == present::PreferenceValues{{"editor.zoom", "4"}, {"theme", "dark"}});
  CHECK(present::preferenceValue(*context, "theme") == "light");
  CHECK(present::preferenceValue(*context, "interview_date") == "2031-01-02");
  CHECK(present::resetPreferences(*context).isEmpty());
  present::setPreferences(*context, before);
  CHECK(present::preferenceValue(*context, "theme") == "dark");
  CHECK(present::preferenceValue(*context, "editor.zoom") == "4");
}

TEST_CASE("preferences: the cards of a day are as many as is set") {
  const test::Product product;
  const auto context = product.open();
  CHECK(present::queueLimits(*context).new_per_day == practice::QueueLimits{}.new_per_day);
  CHECK(present::queueLimits(*context).reviews_per_day == practice::QueueLimits{}.reviews_per_day);
  context->setSetting("study.new_per_day", "2");
  CHECK(present::queueLimits(*context).new_per_day == 2);
}
