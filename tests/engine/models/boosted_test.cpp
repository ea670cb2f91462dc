// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/boosted.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <thread>

#include "engine/models/ftrl.hpp"
#include "tests/engine/models/mixed_log.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::models;
using namespace rehearse::models::mixed;

BoostedOptions options_for(BoostedLoss loss) {
  BoostedOptions o;
  o.loss = loss;
  o.label = loss == BoostedLoss::logistic  ? "click"
            : loss == BoostedLoss::poisson ? "comments"
                                           : "seconds";
  o.rounds = 15;
  o.learning_rate = 0.3;
  return o;
}

BoostedModelPtr fitted(const Frame& rows, const BoostedOptions& o, const Frame* valid = nullptr) {
  auto fit = train_boosted(rows, valid, o);
  INFO((fit ? "" : fit.error().message));
  REQUIRE(fit);
  return fit->model;
}

}  // namespace

TEST_CASE("boosted: our walk over the trees gives the library's margins, bit for bit") {
  const Frame log = mixed_log(3000), other = mixed_log(501, 4);
  for (const auto loss :
       {BoostedLoss::logistic, BoostedLoss::squared, BoostedLoss::poisson, BoostedLoss::quantile})
    for (const double subsample : {1.0, 0.5}) {
      BoostedOptions o = options_for(loss);
      o.subsample = subsample, o.quantile = 0.8;
      const auto model = fitted(log, o);
      CHECK(model->ensemble().trees() == 15);
      const auto library = *model->library_margins(other);
      const auto values = *model->encoding().matrix(other);
      CHECK(model->ensemble().margins(values, model->encoding().width()) == library);
      for (std::size_t row = 0; row < other.rows(); ++row)
        REQUIRE(model->ensemble().margin(values.data() + row * model->encoding().width()) ==
                library[row]);
    }
}

TEST_CASE("boosted: a stump of squared loss is the best split, found by trying all") {
  Stream stream(5, "test.stump");
  std::vector<double> x, y;
  for (int i = 0; i < 40; ++i) {
    x.push_back(static_cast<double>(stream.below(12)));
    y.push_back((x.back() > 7 ? 3 : 1) + stream.normal(0, 0.3));
  }
  double mean = 0;
  for (const double v : y) mean += v / 40;
  const double lambda = 1;
  double best_gain = -1, left_value = 0, right_value = 0, threshold = 0;
  for (int cut = 1; cut < 12; ++cut) {
    double gl = 0, hl = 0, gr = 0, hr = 0;
    for (int i = 0; i < 40; ++i) (x[i] < cut ? gl : gr) += mean - y[i], (x[i] < cut ? hl : hr) += 1;
    if (hl < 1 || hr < 1) continue;
    const double gain = gl * gl / (hl + lambda) + gr * gr / (hr + lambda);
    if (gain <= best_gain + 1e-9) continue;
    best_gain = gain, threshold = cut;
    left_value = -gl / (hl + lambda), right_value = -gr / (hr + lambda);
  }
  Frame::Builder b;
  b.add("x", x, {.role = Role::feature}).add("y", y, {.role = Role::label});
  const Frame rows = *std::move(b).build();
  BoostedOptions o;
  o.loss = BoostedLoss::squared, o.rounds = 1, o.depth = 1, o.learning_rate = 1;
  const auto model = fitted(rows, o);
  const auto scores = *model->score(rows);
  for (std::size_t i = 0; i < 40; ++i)
    CHECK(scores[i] == Approx(mean + (x[i] < threshold ? left_value : right_value)).epsilon(1e-5));
}

TEST_CASE("boosted: early stopping keeps the trees up to the best validation loss") {
  const Frame log = mixed_log(1500), valid = mixed_log(1500, 8);
  BoostedOptions o = options_for(BoostedLoss::logistic);
  o.rounds = 300, o.depth = 6, o.early_stopping = 7;
  const auto model = fitted(log, o, &valid);
  const double best = loss_of(*model, valid);
  CHECK(fact_of(*model, "valid_loss") == Approx(best).epsilon(1e-5));
  const auto& curve = model->curve();
  CHECK(curve.valid.size() == model->ensemble().trees() + 7);
  CHECK(curve.train.size() == curve.valid.size());
  CHECK(*std::min_element(curve.valid.begin(), curve.valid.end()) ==
        curve.valid[model->ensemble().trees() - 1]);
  CHECK(curve.train.back() < curve.train[model->ensemble().trees() - 1]);
  CHECK(curve.train[model->ensemble().trees() - 1] == Approx(loss_of(*model, log)).epsilon(1e-5));

  o.rounds = static_cast<int>(model->ensemble().trees());
  CHECK(*fitted(log, o, &valid)->score(valid) == *model->score(valid));
}

TEST_CASE("boosted: stopping looks at the loss after dropped negatives are undone") {
  const Frame log = mixed_log(4000), valid = mixed_log(2000, 8);
  BoostedOptions o = options_for(BoostedLoss::logistic);
  o.keep_negatives = 0.2;
  const auto model = fitted(log, o, &valid);
  auto scores = *model->score(valid);
  for (double& p : scores) p = metrics::undo_downsampling(p, 0.2);
  const auto labels = valid.find("click")->numbers();
  CHECK(fact_of(*model, "valid_loss") ==
        Approx(metrics::log_loss(*metrics::Scored::of(scores, labels))).epsilon(1e-5));
}

TEST_CASE("boosted: drops the same negatives as FTRL") {
  const Frame log = mixed_log(3000);
  BoostedOptions o = options_for(BoostedLoss::logistic);
  o.keep_negatives = 0.3, o.seed = 11, o.rounds = 1;
  FtrlOptions f;
  f.keep_negatives = 0.3, f.seed = 11, f.label = "click";
  CHECK(fact_of(*fitted(log, o), "rows_trained") == fact_of(**train_ftrl(log, f), "rows_trained"));
}

TEST_CASE("boosted: the trail of a row goes tree by tree to the model's own score") {
  const Frame log = mixed_log(800);
  const auto model = fitted(log, options_for(BoostedLoss::logistic));
  const Frame trail = *model->trail(log, 17);
  REQUIRE(trail.rows() == 16);
  CHECK(trail.find("probability")->number(15) == (*model->score(log))[17]);
  double sum = 0;
  for (std::size_t i = 0; i < 16; ++i) sum += trail.find("value")->number(i);
  CHECK(trail.find("margin")->number(15) == Approx(sum).epsilon(1e-5));
  CHECK_FALSE(model->trail(log, 800));
}

TEST_CASE("boosted: a quantile has about its share of labels below, a rate the mean of counts") {
  const Frame log = mixed_log(4000), other = mixed_log(4000, 6);
  for (const double tau : {0.1, 0.5, 0.9}) {
    BoostedOptions o = options_for(BoostedLoss::quantile);
    o.quantile = tau, o.rounds = 100, o.depth = 2;
    const auto model = fitted(log, o);
    for (const Frame* rows : {&log, &other}) {
      const auto scores = *model->score(*rows);
      double below = 0;
      for (std::size_t i = 0; i < scores.size(); ++i)
        below += rows->find("seconds")->number(i) < scores[i];
      CHECK(below / 4000 == Approx(tau).margin(0.03));
    }
  }
  BoostedOptions o = options_for(BoostedLoss::poisson);
  o.rounds = 60;
  const auto rates = *fitted(log, o)->score(log);
  double sum = 0, counts = 0;
  for (std::size_t i = 0; i < rates.size(); ++i)
    sum += rates[i], counts += log.find("comments")->number(i);
  CHECK(sum == Approx(counts).epsilon(0.02));
}

TEST_CASE("boosted: the same bytes twice, also on another thread; a level never seen is a number") {
  const Frame log = mixed_log(2000);
  BoostedOptions o = options_for(BoostedLoss::logistic);
  o.subsample = 0.7, o.colsample = 0.6;
  const auto once = *fitted(log, o)->score(log);
  CHECK(*fitted(log, o)->score(log) == once);
  std::vector<double> elsewhere;
  std::thread([&] { elsewhere = *train_boosted(log, nullptr, o)->model->score(log); }).join();
  CHECK(elsewhere == once);

  Frame::Builder b;
  const std::vector<std::string> places(3, "never seen"), groups(3, "gone");
  b.add("age", std::vector<double>{1, 2, kMissing}).add("votes", std::vector<double>(3, 1));
  b.add("place", places).add("group", groups);
  const auto scores = *fitted(log, o)->score(*std::move(b).build());
  for (const double p : scores) CHECK((p > 0 && p < 1));
}

TEST_CASE("boosted: texts are one-hot while few, by frequency when many; the names tell") {
  const auto model = fitted(mixed_log(2000), options_for(BoostedLoss::logistic));
  const std::vector<std::string> expected = {"age",     "votes",   "place=a",
                                             "place=b", "place=c", "share of group"};
  CHECK(model->encoding().names() == expected);
}

TEST_CASE("boosted: told to stop, it hands back the best so far") {
  const Frame log = mixed_log(1000);
  std::stop_source source;
  const Progress progress(source.get_token(), [&](double done) {
    if (done >= 0.3) source.request_stop();
  });
  BoostedOptions o = options_for(BoostedLoss::logistic);
  o.rounds = 50;
  const auto fit = train_boosted(log, nullptr, o, progress);
  REQUIRE(fit);
  CHECK(fit->stopped);
  CHECK(fit->model->ensemble().trees() == 15);
  source.request_stop();
  CHECK(train_boosted(log, nullptr, o, progress).error().code == Code::cancelled);
}

TEST_CASE("boosted: what cannot be learned from is refused with its place") {
  const Frame log = mixed_log(100);
  BoostedOptions o = options_for(BoostedLoss::logistic);
  const auto message = [&](const Frame& rows) {
    const auto fit = train_boosted(rows, nullptr, o);
    return fit ? std::string() : fit.error().message;
  };
  const auto with_column = [&](const char* name, std::vector<double> values, Role role) {
    Frame::Builder b;
    b.add(name, std::move(values), {.role = role});
    return *log.with((*std::move(b).build()).column(0));
  };
  CHECK(message(log.slice(0, 0)).find("no row") != std::string::npos);
  CHECK(message(with_column("click", std::vector<double>(100, 0), Role::label)).find("one class") !=
        std::string::npos);
  std::vector<double> bad(100, 1);
  bad[3] = 2;
  CHECK(message(with_column("click", bad, Role::label)).find("row 3") != std::string::npos);
  bad[3] = INFINITY;
  CHECK(message(with_column("age", bad, Role::feature)).find("row 3") != std::string::npos);
  bad[3] = 1e300;
  CHECK(message(with_column("age", bad, Role::feature)).find("row 3") != std::string::npos);
  CHECK(message(with_column("age", std::vector<double>(100, kMissing), Role::feature)).empty());
  o.depth = 0;
  CHECK(message(log).find("depth") != std::string::npos);
  o = options_for(BoostedLoss::poisson);
  bad[3] = -1;
  CHECK(message(with_column("comments", bad, Role::label)).find("row 3") != std::string::npos);
  o.features.columns = {"click"};
  CHECK(message(log).find("label") != std::string::npos);
}
