// SPDX-License-Identifier: GPL-3.0-or-later
//
// Steps beside the linear models: data.event, measure.acting, measure.rule, measure.conditional,
// measure.counts, measure.groups, and the trails of train.*.
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/plan/step.hpp"

namespace rehearse::linear_steps_test {
namespace {

using plan::Artifact;
using plan::Value;

// x, group and four labels: a count, seconds with zeros, a click, with the click's truth.
const Frame& table() {
  static const Frame rows = [] {
    Stream stream(6, "test.linear.steps");
    std::vector<double> x, seconds, truth;
    std::vector<std::string> group;
    std::vector<std::int32_t> count, day;
    std::vector<std::uint8_t> click;
    for (int i = 0; i < 1500; ++i) {
      x.push_back(stream.normal());
      group.push_back(std::string(1, static_cast<char>('a' + stream.below(4))));
      day.push_back(i / 150);
      truth.push_back(1 / (1 + std::exp(1 - x.back())));
      click.push_back(stream.bernoulli(truth.back()));
      count.push_back(static_cast<std::int32_t>(stream.poisson(std::exp(0.5 * x.back()))));
      seconds.push_back(click.back() ? std::exp(2 + stream.normal()) : 0);
    }
    Frame::Builder b;
    b.add("day", std::move(day)).add("x", std::move(x), {.role = Role::feature});
    b.add("group", group, {.role = Role::feature});
    b.add("click", std::move(click), {.role = Role::label});
    b.add("count", std::move(count), {.role = Role::label});
    b.add("seconds", std::move(seconds), {.role = Role::label});
    b.add("click_probability", std::move(truth), {.role = Role::truth, .truth_of = "click"});
    return *std::move(b).build();
  }();
  return rows;
}

struct Call {
  const plan::StepInfo* step;
  plan::StepCall call;
  Call(const char* name, const std::map<std::string, Value>& given)
      : step(plan::Registry::instance().find(name)) {
    REQUIRE(step);
    for (const plan::Parameter& parameter : step->parameters)
      call.parameters[parameter.name] = parameter.initial;
    for (const auto& [key, value] : given) call.parameters[key] = value;
  }
  Call& with(const std::string& port, const plan::ArtifactPtr& artifact, const char* label = "m") {
    call.inputs[port].push_back(artifact);
    call.labels[port].emplace_back(label);
    return *this;
  }
  plan::ArtifactPtr run() {
    auto outputs = step->run(call, {});
    INFO((outputs ? "" : outputs.error().message));
    REQUIRE(outputs);
    return outputs->front();
  }
};

plan::ArtifactPtr rows() { return Artifact::of(table()); }

plan::ArtifactPtr trained(const char* name, const char* label,
                          std::map<std::string, Value> given = {}) {
  given["label"] = std::string(label);
  return Call(name, given).with("rows", rows()).run();
}

double of(const Frame& table, const char* column, std::size_t row) {
  return table.find(column)->number(row);
}

}  // namespace

TEST_CASE("train.*: every linear model can be stepped, and its trail ends in its score") {
  const std::pair<const char*, const char*> steps[] = {{"train.logistic", "click"},
                                                       {"train.fm", "click"},
                                                       {"train.ffm", "click"},
                                                       {"train.ftrl", "click"},
                                                       {"train.linear", "seconds"},
                                                       {"train.huber", "seconds"},
                                                       {"train.quantile", "seconds"},
                                                       {"train.poisson", "count"},
                                                       {"train.negative_binomial", "count"},
                                                       {"train.hurdle", "seconds"}};
  for (const auto& [name, label] : steps) {
    INFO(name);
    Call call(name, {{"label", std::string(label)}});
    const auto model = call.with("rows", rows()).run();
    REQUIRE(call.step->trail);
    const auto trail = call.step->trail(call.call, {model}, 17);
    REQUIRE(trail);
    const Column* last =
        trail->find("prediction") ? trail->find("prediction") : trail->find("probability");
    REQUIRE(last);
    CHECK(last->number(trail->rows() - 1) == Approx((*model->scorer()->score(table()))[17]));
    CHECK(model->scorer()->label() == label);
  }
}

TEST_CASE("data.event: 1 where the number is above the bound, and a label beside the others") {
  const Frame with =
      Call("data.event",
           {{"column", std::string("seconds")}, {"above", 10.0}, {"name", std::string("long")}})
          .with("rows", rows())
          .run()
          ->as_frame();
  REQUIRE(with.find("long"));
  CHECK(with.find("long")->role() == Role::label);
  for (std::size_t row = 0; row < with.rows(); ++row)
    REQUIRE(of(with, "long", row) == (of(with, "seconds", row) > 10 ? 1 : 0));
}

TEST_CASE("measure.rule: acting by the truth misses nothing, acting always earns the sum") {
  const auto model = trained("train.logistic", "click");
  const Frame report = Call("measure.rule", {{"label", std::string("click")},
                                             {"cost", 0.3},
                                             {"thresholds", std::vector<double>{0.3, 0}}})
                           .with("models", model, "rule")
                           .with("models", model, "always")
                           .with("on", rows())
                           .run()
                           ->as_frame();
  REQUIRE(report.rows() == 3);
  double always = 0, best = 0;
  for (std::size_t row = 0; row < table().rows(); ++row) {
    const double worth = of(table(), "click_probability", row) - 0.3;
    always += worth / 1.5, best += std::max(0.0, worth) / 1.5;
  }
  CHECK(of(report, "earned", 1) == Approx(always));
  CHECK(of(report, "earned", 2) == Approx(best));
  CHECK(of(report, "missed", 2) == Approx(0).margin(1e-12));
  CHECK(of(report, "missed", 0) < 0.1);
  CHECK(of(report, "missed", 1) > of(report, "missed", 0));
}

TEST_CASE("measure.acting: nothing is earned by nobody, and no order beats the truth's") {
  const Frame curve =
      Call("measure.acting", {{"label", std::string("click")}, {"points", std::int64_t{10}}})
          .with("models", trained("train.baseline", "click"), "constant")
          .with("models", trained("train.logistic", "click"), "logistic")
          .with("on", rows())
          .run()
          ->as_frame();
  REQUIRE(curve.rows() == 33);
  for (std::size_t i = 0; i < 11; ++i) {
    CHECK(of(curve, "earned", i) <= of(curve, "earned", 22 + i) + 1e-9);
    CHECK(of(curve, "earned", 11 + i) <= of(curve, "earned", 22 + i) + 1e-9);
  }
  CHECK(of(curve, "earned", 0) == 0);
  CHECK(of(curve, "earned", 10) == Approx(of(curve, "earned", 32)));
}

TEST_CASE("measure.conditional: bins cover all rows, in order of the column") {
  const Frame along =
      Call("measure.conditional", {{"column", std::string("x")}, {"bins", std::int64_t{5}}})
          .with("models", trained("train.logistic", "click"), "logistic")
          .with("on", rows())
          .run()
          ->as_frame();
  REQUIRE(along.rows() == 15);  // the model, the observed mean, the truth
  double mean = 0;
  for (std::size_t row = 5; row < 10; ++row) mean += of(along, "value", row) / 5;
  double clicks = 0;
  for (double click : table().find("click")->numbers()) clicks += click / 1500;
  CHECK(mean == Approx(clicks));
  for (std::size_t row = 1; row < 5; ++row) CHECK(of(along, "x", row) > of(along, "x", row - 1));
}

TEST_CASE("measure.counts: what was observed, and models whose shares sum to nearly one") {
  const Frame shares = Call("measure.counts", {{"most", std::int64_t{30}}})
                           .with("models", trained("train.poisson", "count"), "poisson")
                           .with("on", rows())
                           .run()
                           ->as_frame();
  REQUIRE(shares.rows() == 62);
  double observed = 0, expected = 0;
  for (std::size_t k = 0; k < 31; ++k)
    observed += of(shares, "share", k), expected += of(shares, "share", 31 + k);
  CHECK(observed == Approx(1));
  CHECK(expected == Approx(1).epsilon(1e-6));
  Call wrong("measure.counts", {});
  CHECK_FALSE(wrong.step->run(
      wrong.with("models", trained("train.linear", "count")).with("on", rows()).call, {}));
}

TEST_CASE("measure.groups: own mean, pooled and true, a row each") {
  const auto pooled = trained("train.pooled", "click", {{"by", std::string("group")}});
  const Frame groups =
      Call("measure.groups", {}).with("model", pooled).with("on", rows()).run()->as_frame();
  REQUIRE(groups.rows() == 12);
  for (std::size_t row = 0; row < 12; row += 3) {
    const double own = of(groups, "value", row), both = of(groups, "value", row + 1);
    CHECK(own != both);
    CHECK(groups.find("series")->text(row + 2) == "truth");
  }
  Call wrong("measure.groups", {});
  CHECK_FALSE(wrong.step->run(wrong.with("model", trained("train.linear", "count")).call, {}));
}

}  // namespace rehearse::linear_steps_test
