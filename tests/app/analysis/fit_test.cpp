// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/fit.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "app/analysis/analysis.hpp"
#include "engine/base/random.hpp"
#include "engine/metrics/probability.hpp"
#include "engine/models/ftrl.hpp"

namespace {

using namespace rehearse;
using analysis::FitOptions;

// Clicks that follow a topic and a number; `at` ascends, users come back.
Frame log_of(std::size_t rows) {
  Stream stream(5, "test.log");
  std::vector<double> age;
  std::vector<std::int64_t> at, user, click;
  std::vector<std::string> topic;
  for (std::size_t row = 0; row < rows; ++row) {
    const bool cats = stream.uniform() < 0.5;
    age.push_back(stream.uniform(0, 2));
    topic.emplace_back(cats ? "cats" : "cars");
    at.push_back(static_cast<std::int64_t>(row));
    user.push_back(static_cast<std::int64_t>(stream.below(50)));
    click.push_back(stream.bernoulli(metrics::sigmoid((cats ? 1 : -2) + age.back())));
  }
  Frame::Builder builder;
  builder.add("age", age).add("topic", topic).add("at", at).add("user", user).add("click", click);
  return std::move(builder).build().value();
}

FitOptions options_for(const std::string& model) {
  FitOptions options;
  options.label = "click", options.time = "at", options.user = "user", options.model = model;
  return options;
}

std::string error_of(FitOptions options, const Frame& log = log_of(300)) {
  const auto fit = analysis::fit_model(log, options);
  REQUIRE_FALSE(fit);
  return fit.error().message;
}

bool says(const std::string& message, const std::string& words) {
  INFO(message);
  return message.find(words) != std::string::npos;
}

double fact(const Scorer& model, const std::string& name) {
  for (const auto& [key, value] : model.facts())
    if (key == name) return value;
  FAIL("no fact " << name);
  return 0;
}

}  // namespace

TEST_CASE("fit: a file gets the digits that the trainer gives") {
  const Frame log = log_of(2000);
  FitOptions options = options_for("ftrl");
  options.set = {{"alpha", "0.2"}, {"bits", "12"}};
  const auto fit = analysis::fit_model(log, options);
  REQUIRE(fit);
  CHECK(fit->features == std::vector<std::string>{"age", "topic"});
  CHECK(fit->test_rows.empty());
  models::FtrlOptions own;
  own.alpha = 0.2, own.bits = 12, own.label = "click", own.features.columns = {"age", "topic"};
  const auto expected = models::train_ftrl(log, own);
  REQUIRE(expected);
  CHECK(fact(*fit->model, "progressive_log_loss") == fact(**expected, "progressive_log_loss"));
}

TEST_CASE("fit: what is held out is the future, or users that training never met") {
  const Frame log = log_of(2000);
  FitOptions options = options_for("logistic");
  options.holdout = "time";
  const auto later = analysis::fit_model(log, options);
  REQUIRE(later);
  CHECK(later->trained_on == 1600);
  REQUIRE(later->test_rows.size() == 400);
  CHECK(later->test_rows.front() == 1600);
  CHECK(later->test.log_loss < later->baseline.log_loss);
  options.holdout = "user";
  const auto others = analysis::fit_model(log, options);
  REQUIRE(others);
  std::set<double> held;
  for (const std::uint32_t row : others->test_rows) held.insert(log.find("user")->number(row));
  std::size_t rows = 0;
  for (std::size_t row = 0; row < log.rows(); ++row)
    rows += held.count(log.find("user")->number(row));
  CHECK(rows == others->test_rows.size());
  CHECK(others->trained_on + rows == 2000);
}

TEST_CASE("fit: every model learns the same log better than its base rate") {
  const Frame log = log_of(2000);
  for (const char* model : {"ftrl", "logistic", "fm", "ffm", "gbdt", "mlp"}) {
    INFO(model);
    FitOptions options = options_for(model);
    options.holdout = "time";
    const auto fit = analysis::fit_model(log, options);
    REQUIRE(fit);
    CHECK(fit->test.log_loss < fit->baseline.log_loss);
    CHECK(fit->test_scores.size() == fit->test_rows.size());
  }
}

TEST_CASE("fit: a training that is stopped keeps the best so far, and says so") {
  std::stop_source stop;
  int reports = 0;
  const Progress progress(stop.get_token(), [&](double) {
    if (++reports == 4) stop.request_stop();
  });
  FitOptions options = options_for("gbdt");
  options.set = {{"rounds", "300"}};
  const auto fit = analysis::fit_model(log_of(2000), options, progress);
  REQUIRE(fit);
  CHECK(fit->stopped);
  CHECK(fact(*fit->model, "trees") < 300);
}

TEST_CASE("fit: a wrong call names what is wrong and how to mend it") {
  CHECK(says(error_of(options_for("ftlr")), "`ftrl`"));
  FitOptions wrong = options_for("ftrl");
  wrong.set = {{"alhpa", "1"}};
  CHECK(says(error_of(wrong), "did you mean `alpha`"));
  wrong.set = {{"alpha", "-1"}};
  CHECK(says(error_of(wrong), "learning rate"));
  wrong.set = {{"alpha", "fast"}};
  CHECK(says(error_of(wrong), "`fast` is no number"));
  wrong = options_for("ftrl");
  wrong.label = "clicks";
  CHECK(says(error_of(wrong), "--label"));
  wrong.label = "age";
  CHECK(says(error_of(wrong), "labels are 0 or 1"));
  wrong = options_for("ftrl");
  wrong.exclude = {"user"};
  CHECK(says(error_of(wrong), "both --user and --exclude"));
  wrong.exclude = {"age", "topic"};
  CHECK_FALSE(error_of(wrong).empty());
  wrong = options_for("ftrl");
  wrong.holdout = "time", wrong.time.clear();
  CHECK(says(error_of(wrong), "needs --time"));
  CHECK_FALSE(error_of(options_for("ftrl"), log_of(0)).empty());
}

TEST_CASE("fit: asked of a dropped file, columns are marked from lists") {
  const analysis::Analysis* ask = analysis::find("fit");
  REQUIRE(ask);
  const Frame log = log_of(2000);
  auto values = analysis::guessed(*ask, log);
  CHECK(values["label"] == "click");
  CHECK(values["time"] == "at");
  CHECK(values["user"] == "user");
  CHECK(values["numeric"] == "age");
  values["holdout"] = "time";
  const auto document = analysis::answer(*ask, {"log.csv", log, "", {}, values, {}});
  if (!document) FAIL(document.error().message);
  FitOptions options = options_for("ftrl");
  options.holdout = "time";
  const auto fit = analysis::fit_model(log, options);
  REQUIRE(fit);
  CHECK(document->subtitle == analysis::document_of("log.csv", options, *fit).subtitle);
  // A number that is not marked is a category, and a column that is not there is told.
  values["numeric"] = "";
  CHECK(analysis::answer(*ask, {"log.csv", log, "", {}, values, {}}));
  values["numeric"] = "age\nsize";
  const auto wrong = analysis::answer(*ask, {"log.csv", log, "", {}, values, {}});
  REQUIRE_FALSE(wrong);
  CHECK(says(wrong.error().message, "numeric: there is no column `size`"));
  values["numeric"] = "topic";
  const auto texts = analysis::answer(*ask, {"log.csv", log, "", {}, values, {}});
  REQUIRE_FALSE(texts);
  CHECK(says(texts.error().message, "topic"));
}
