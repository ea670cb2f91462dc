// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/fsrs.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <sstream>

namespace {

using namespace rehearse::practice;

struct GoldenStep {
  double retention = 0;
  std::int64_t max_interval = 0;
  std::vector<std::int64_t> learning, relearning;
  int index = 0, rating = 0;
  std::int64_t at = 0;
  int phase = 0;
  std::string step;
  double stability = 0, difficulty = 0;
  std::int64_t interval = 0;
};

std::vector<std::int64_t> numbers(const std::string& text) {
  std::vector<std::int64_t> all;
  std::istringstream in(text);
  for (std::int64_t n; in >> n;) all.push_back(n);
  return all;
}

std::map<std::string, std::vector<GoldenStep>> golden() {
  std::ifstream file(REHEARSE_SOURCE_DIR "/tests/app/practice/fixtures/vectors-fsrs6.csv");
  REQUIRE(file);
  std::map<std::string, std::vector<GoldenStep>> cases;
  std::string line;
  std::getline(file, line);
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::vector<std::string> cell;
    std::istringstream cells(line);
    for (std::string one; std::getline(cells, one, ',');) cell.push_back(one);
    REQUIRE(cell.size() == 13);
    cases[cell[0]].push_back({std::stod(cell[1]), std::stoll(cell[2]), numbers(cell[3]),
                              numbers(cell[4]), std::stoi(cell[5]), std::stoi(cell[6]),
                              std::stoll(cell[7]), std::stoi(cell[8]), cell[9], std::stod(cell[10]),
                              std::stod(cell[11]), std::stoll(cell[12])});
  }
  return cases;
}

std::vector<std::int64_t> intervals_reviewed_on_due(const std::vector<int>& ratings) {
  MemoryState state;
  std::vector<std::int64_t> days;
  std::int64_t now = 0;
  for (int rating : ratings) {
    state = review(state, static_cast<Rating>(rating), now);
    days.push_back((state.due - now) / 86400);
    now = state.due;
  }
  return days;
}

}  // namespace

TEST_CASE("fsrs: every golden step of py-fsrs is met to 1e-9") {
  const auto cases = golden();
  std::size_t steps = 0;
  for (const auto& [name, sequence] : cases) {
    MemoryState state;
    for (const GoldenStep& want : sequence) {
      FsrsOptions options;
      options.desired_retention = want.retention;
      options.max_interval_days = want.max_interval;
      options.learning_steps_s = want.learning;
      options.relearning_steps_s = want.relearning;
      state = review(state, static_cast<Rating>(want.rating), want.at, options);
      INFO(name << " step " << want.index);
      CHECK(state.stability == Approx(want.stability).epsilon(1e-9));
      CHECK(state.difficulty == Approx(want.difficulty).epsilon(1e-9));
      CHECK(static_cast<int>(state.phase) == want.phase);
      CHECK((state.step ? std::to_string(*state.step) : "") == want.step);
      CHECK(state.due - want.at == want.interval);
      ++steps;
    }
  }
  CHECK(cases.size() == 91);
  CHECK(steps == 546);
}

TEST_CASE("fsrs: the published intervals of a card reviewed on its due days") {
  CHECK(intervals_reviewed_on_due({3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3}) ==
        std::vector<std::int64_t>{0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21});
}

TEST_CASE("fsrs: the published memory state after six reviews") {
  MemoryState state;
  std::int64_t now = 0;
  const std::vector<std::pair<int, int>> reviews = {{1, 0}, {3, 0}, {3, 1},
                                                    {3, 3}, {3, 8}, {3, 21}};
  for (const auto& [rating, gap] : reviews) {
    now += gap * 86400;
    state = review(state, static_cast<Rating>(rating), now);
  }
  CHECK(state.stability == Approx(53.62691).epsilon(1e-4));
  CHECK(state.difficulty == Approx(6.3574867).epsilon(1e-4));
}

TEST_CASE("fsrs: retrievability and intervals match the published tables") {
  FsrsOptions options;
  options.weights[20] = 0.2;
  MemoryState state;
  state.stability = 1;
  state.difficulty = 5;
  const double want[] = {1.0, 0.9, 0.84028935, 0.7985001};
  for (int day = 0; day < 4; ++day)
    CHECK(retrievability(state, day * 86400, options) == Approx(want[day]).epsilon(1e-7));
  const std::int64_t days[] = {3116766, 34793, 2508, 387, 90, 27, 9, 3, 1};
  // The published table was computed in single precision: a millionth of slack on the long ones.
  for (int i = 0; i < 9; ++i)
    CHECK(interval_days(1, 0.1 * (i + 1)) ==
          Approx(static_cast<double>(days[i])).epsilon(1e-6).margin(0.5));
}

TEST_CASE("fsrs: ten times Easy on one day brings difficulty to its floor") {
  MemoryState state;
  for (int i = 0; i < 10; ++i) state = review(state, Rating::easy, 0);
  CHECK(state.difficulty == 1.0);
}

TEST_CASE("fsrs: a clock that steps back counts as the same day") {
  const MemoryState once = review({}, Rating::easy, 10 * 86400);
  CHECK(review(once, Rating::recalled, 0).stability ==
        review(once, Rating::recalled, 10 * 86400).stability);
}

TEST_CASE("fsrs: the preview is what the review then does") {
  const MemoryState once = review({}, Rating::recalled, 0);
  const auto outcomes = preview(once, 600);
  for (int rating = 1; rating <= 4; ++rating) {
    const MemoryState done = review(once, static_cast<Rating>(rating), 600);
    CHECK(outcomes[static_cast<std::size_t>(rating - 1)].due == done.due);
  }
  CHECK(outcomes[0].due <= outcomes[2].due);
  CHECK(outcomes[2].due <= outcomes[3].due);
}

TEST_CASE("fsrs: intervals are said in the unit a person would use") {
  CHECK(interval_words(60) == "1 min");
  CHECK(interval_words(330) == "6 min");
  CHECK(interval_words(7200) == "2 h");
  CHECK(interval_words(2 * 86400) == "2 d");
  CHECK(interval_words(100 * 86400) == "3.3 mo");
}
