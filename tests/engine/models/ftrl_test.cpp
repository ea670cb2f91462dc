// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/ftrl.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "engine/base/hash.hpp"
#include "engine/base/random.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::models;

Frame log_of(std::size_t n) {
  Stream stream(9, "test.ftrl");
  std::vector<std::string> place;
  std::vector<std::int64_t> count;
  std::vector<std::uint8_t> click;
  for (std::size_t i = 0; i < n; ++i) {
    const auto level = stream.below(3);
    place.push_back(std::string(1, static_cast<char>('a' + level)));
    count.push_back(stream.between(0, 40));
    click.push_back(stream.bernoulli(0.1 + 0.3 * static_cast<double>(level)));
  }
  Frame::Builder b;
  b.add("place", place, {.role = Role::feature, .privacy = Privacy::open, .unit = {}})
      .add("count", std::move(count),
           {.role = Role::feature, .privacy = Privacy::open, .unit = {}});
  b.add("click", std::move(click), {.role = Role::label, .privacy = Privacy::open, .unit = {}});
  return *std::move(b).build();
}

// The definition written down once more, coordinate by coordinate, in a map.
double slow_progressive_log_loss(const Frame& log) {
  std::map<std::uint64_t, std::pair<double, double>> state;
  double loss = 0;
  for (std::size_t row = 0; row < log.rows(); ++row) {
    const double v = log.find("count")->number(row);
    const std::string number =
        v <= 2 ? "S" + std::to_string(static_cast<int>(v))
               : std::to_string(static_cast<int>(std::floor(std::pow(std::log(v + 1), 2))));
    std::vector<std::uint64_t> coordinates;
    for (const std::string& text :
         {std::string("bias"), "place=" + std::string(log.find("place")->text(row)),
          "count=" + number})
      coordinates.push_back(fnv1a64(text) % (1 << 18));
    std::vector<double> weights;
    double z = 0;
    for (const auto c : coordinates) {
      const auto [zi, ni] = state[c];
      weights.push_back(
          std::abs(zi) <= 1 ? 0 : -(zi - (zi > 0 ? 1 : -1)) / ((1 + std::sqrt(ni)) / 0.1 + 1));
      z += weights.back();
    }
    const double p = 1 / (1 + std::exp(-z)), y = log.find("click")->number(row), g = p - y;
    loss -= y == 1 ? std::log(p) : std::log(1 - p);
    for (std::size_t i = 0; i < coordinates.size(); ++i) {
      auto& [zi, ni] = state[coordinates[i]];
      const double sigma = (std::sqrt(ni + g * g) - std::sqrt(ni)) / 0.1;
      zi += g - sigma * weights[i], ni += g * g;
    }
  }
  return loss / static_cast<double>(log.rows());
}

double fact(const Scorer& model, const std::string& name) {
  for (const auto& [key, value] : model.facts())
    if (key == name) return value;
  return std::nan("");
}

}  // namespace

TEST_CASE("ftrl: the progressive log loss is that of the definition, written down once more") {
  const Frame log = log_of(3000);
  CHECK(fact(**train_ftrl(log), "progressive_log_loss") ==
        Approx(slow_progressive_log_loss(log)).epsilon(1e-9));
}

TEST_CASE("ftrl: negatives kept at a lower rate are among those kept at a higher one") {
  const Frame log = log_of(3000);
  double last = 0;
  for (const double keep : {0.05, 0.2, 0.6, 1.0}) {
    FtrlOptions o;
    o.keep_negatives = keep;
    const double rows = fact(**train_ftrl(log, o), "rows_trained");
    CHECK(rows > last);
    last = rows;
  }
  CHECK(last == 3000);
}

TEST_CASE("ftrl: the trail of a row ends in the model's own score") {
  const Frame log = log_of(500);
  const auto model = *train_ftrl(log);
  const Frame trail = *model->trail(log, 7);
  CHECK(trail.find("probability")->number(trail.rows() - 1) ==
        Approx((*model->score(log))[7]).epsilon(1e-12));
}

TEST_CASE("ftrl: labels, missing columns and bad options are refused") {
  FtrlOptions o;
  o.features.columns = {"click"};
  CHECK_FALSE(train_ftrl(log_of(20), o));
  o.features.columns = {"palce"};
  CHECK(train_ftrl(log_of(20), o).error().message.find("place") != std::string::npos);
  o = {};
  o.alpha = -1;
  CHECK_FALSE(train_ftrl(log_of(20), o));
}

TEST_CASE(
    "ftrl: a positive that counts three times is a row that moves the weights three times as far") {
  const Frame one = log_of(1);
  const auto gradient = [&](double weight, double gamma) {
    FtrlOptions o;
    o.positive_weight = weight;
    o.focal_gamma = gamma;
    const auto model = *train_ftrl(log_of(200), o);
    const Frame trail = *model->trail(one, 0);
    const double p = trail.find("probability")->number(0);
    return std::pair(trail.find("gradient")->number(0), p);
  };
  const double y = one.find("click")->number(0);
  const auto [plain, p] = gradient(1, 0);
  CHECK(plain == Approx(p - y));
  const auto [heavy, q] = gradient(3, 0);
  CHECK(heavy == Approx((y == 1 ? 3 : 1) * (q - y)));
  const auto [focal, r] = gradient(1, 2);
  const double toward = y == 1 ? r : 1 - r;  // the slope of -(1 - p)² ln p, by hand
  CHECK(std::abs(focal) == Approx(std::abs((1 - toward) * (1 - toward) *
                                           (2 * toward * std::log(toward) - (1 - toward)))));
}

TEST_CASE("ftrl: class weights raise the scores, focal loss pulls them to the middle") {
  const Frame log = log_of(5000);
  const auto mean_score = [&](double weight, double gamma) {
    FtrlOptions o;
    o.positive_weight = weight;
    o.focal_gamma = gamma;
    double sum = 0;
    const auto scores = *(*train_ftrl(log, o))->score(log);
    for (double p : scores) sum += p;
    return sum / 5000;
  };
  const double plain = mean_score(1, 0);
  CHECK(plain == Approx(0.4).margin(0.04));
  CHECK(mean_score(4, 0) > plain + 0.2);
  CHECK(std::abs(mean_score(1, 3) - 0.5) < std::abs(plain - 0.5));
}

TEST_CASE("ftrl: with a validation table the epoch that was best there is kept") {
  const Frame few = log_of(150), other = log_of(4000);
  FtrlOptions o;
  o.epochs = 40;
  o.lambda1 = 0;
  o.alpha = 2;
  const auto late = *train_ftrl(few, o);
  o.validation = other;
  const auto best = *train_ftrl(few, o);
  CHECK(fact(*best, "epochs") < 40);
  CHECK(fact(*best, "best_epoch") >= 1);
  const auto loss = [&](const FtrlModel& model) {
    const auto scores = *model.score(other);
    double sum = 0;
    for (std::size_t i = 0; i < scores.size(); ++i)
      sum -= std::log(other.find("click")->number(i) == 1 ? scores[i] : 1 - scores[i]);
    return sum / static_cast<double>(scores.size());
  };
  CHECK(loss(*best) < loss(*late));
  CHECK(fact(*best, "validation_log_loss") == Approx(loss(*best)).epsilon(1e-9));
}

TEST_CASE("ftrl: told to stop, a fit hands back the rows so far, a training fails as cancelled") {
  std::stop_source source;
  source.request_stop();
  const Progress told(source.get_token(), {});
  const Frame log = log_of(40000);
  const auto fit = fit_ftrl(log, {}, told);
  REQUIRE(fit);
  CHECK(fit->stopped);
  CHECK(fact(*fit->model, "rows_trained") > 0);
  CHECK(fact(*fit->model, "rows_trained") < 40000);
  CHECK(train_ftrl(log, {}, told).error().code == Code::cancelled);
}
