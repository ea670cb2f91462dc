// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/delayed.hpp"

#include <cmath>

#include "engine/metrics/probability.hpp"
#include "engine/models/labels.hpp"

namespace rehearse::models {

// What is known of each row at the moment of training.
struct KnownRows {
  std::vector<std::uint32_t> rows;  // of the table given
  std::vector<std::uint8_t> clicked;
  std::vector<double> hours;  // delay of a click, else the time elapsed
  std::vector<double> elapsed;
  std::size_t clicks = 0;
};

namespace {

constexpr double kDelayHourMicros = 3.6e9;

// A row's click and hours as known at `at`.
struct SeenRow {
  bool clicked = false;
  double hours = 0, elapsed = 0;
};

class DelayClock {
 public:
  static Result<DelayClock> of(const Frame& rows, const DelayedOptions& o) {
    DelayClock clock;
    auto time = rows.require(o.time), arrival = rows.require(o.arrival);
    auto label = label_column(rows, o.label);
    if (!time) return fail(time.error());
    if (!arrival) return fail(arrival.error());
    if (!label) return fail(label.error());
    if ((*time)->type() != Type::time || (*arrival)->type() != Type::time)
      return fail(Code::bad_data, "the columns `{}` and `{}` hold times", o.time, o.arrival);
    auto labels = binary_labels(**label);
    if (!labels) return fail(labels.error());
    clock.time_ = (*time)->values<std::int64_t>(), clock.arrival_ = *arrival;
    clock.labels_ = std::move(*labels), clock.at_ = o.at.micros;
    clock.all_ = o.method == DelayMethod::oracle;
    return clock;
  }
  bool before(std::size_t row) const { return time_[row] < at_; }
  SeenRow seen(std::size_t row) const {
    SeenRow s;
    s.elapsed = static_cast<double>(at_ - time_[row]) / kDelayHourMicros;
    const bool told = labels_[row] && !arrival_->missing(row);
    const std::int64_t when = told ? arrival_->values<std::int64_t>()[row] : 0;
    s.clicked = all_ ? labels_[row] != 0 : told && when <= at_;
    s.hours =
        s.clicked && told ? static_cast<double>(when - time_[row]) / kDelayHourMicros : s.elapsed;
    return s;
  }

 private:
  std::span<const std::int64_t> time_;
  const Column* arrival_ = nullptr;
  std::vector<std::uint8_t> labels_;
  std::int64_t at_ = 0;
  bool all_ = false;
};

Result<KnownRows> known_rows(const Frame& rows, const DelayedOptions& o) {
  auto clock = DelayClock::of(rows, o);
  if (!clock) return fail(clock.error());
  KnownRows known;
  const double least = o.method == DelayMethod::wait ? o.wait_hours : 0;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    if (!clock->before(row)) continue;
    const SeenRow seen = clock->seen(row);
    if (seen.elapsed < least) continue;
    known.rows.push_back(static_cast<std::uint32_t>(row));
    known.clicked.push_back(seen.clicked), known.clicks += seen.clicked;
    known.hours.push_back(seen.hours), known.elapsed.push_back(seen.elapsed);
  }
  if (known.rows.empty())
    return fail(Code::bad_data, "no row is old enough at the moment of training");
  if (known.clicks == 0)
    return fail(Code::bad_data, "none of {} rows has a click that has arrived", known.rows.size());
  return known;
}

double belief(double p, double waiting) { return p * waiting / (1 - p + p * waiting); }

Result<void> validate_delayed(const DelayedOptions& o) {
  if (!(o.wait_hours >= 0 && o.wait_hours <= 2400))
    return fail(Code::invalid_argument, "wait_hours is {:g}; it lies between 0 and 2400",
                o.wait_hours);
  if (o.epochs < 1 || o.epochs > 50)
    return fail(Code::invalid_argument, "epochs is {}; it lies between 1 and 50", o.epochs);
  if (!(o.most_weight >= 1))
    return fail(Code::invalid_argument, "most_weight is {:g}; it is at least 1", o.most_weight);
  return {};
}

}  // namespace

Result<DelayMethod> parse_delay_method(std::string_view name) {
  for (const auto& [known, method] :
       {std::pair("naive", DelayMethod::naive), std::pair("wait", DelayMethod::wait),
        std::pair("weights", DelayMethod::weights), std::pair("joint", DelayMethod::joint),
        std::pair("oracle", DelayMethod::oracle)})
    if (name == known) return method;
  return fail(Code::invalid_argument,
              "there is no method `{}` for late clicks; there are naive, wait, weights, joint, "
              "oracle",
              name);
}

JointLoss joint_loss(double logit, bool clicked, double hours, const DelayLaw& law) {
  const double p = metrics::sigmoid(logit), u = std::pow(law.rate * hours, law.shape),
               log_u = law.shape * std::log(law.rate * hours);
  if (clicked)
    return {-std::log(p) - law.log_density(hours), p - 1, -law.shape + law.shape * u,
            -1 - log_u + u * log_u};
  const double waiting = std::exp(-u), none = 1 - p + p * waiting, r = p * waiting / none;
  return {-std::log(none), p - r, r * law.shape * u, r * u * log_u};
}

// One fit: owns the model while it is still changing.
class DelayedTrainer {
 public:
  DelayedTrainer(const DelayedOptions& options, KnownRows known)
      : model_(std::make_shared<DelayedModel>()), known_(std::move(known)) {
    model_->options_ = options;
    model_->rows_ = known_.rows.size(), model_->clicks_ = known_.clicks;
    for (std::size_t i = 0; i < known_.rows.size(); ++i)
      (known_.clicked[i] ? delays_ : waits_).push_back(known_.hours[i]);
  }

  Result<DelayedModelPtr> fit(const Frame& rows, const Progress& progress) {
    const DelayedOptions& o = model_->options_;
    auto columns = choose_features(rows, o.features, o.label);
    if (!columns) return fail(columns.error());
    const Frame used = rows.take(known_.rows);
    const double base = static_cast<double>(known_.clicks) / static_cast<double>(used.rows());
    auto learner = SoftLogistic::create(used, std::move(*columns), base, o.learner);
    if (!learner) return fail(learner.error());
    if (auto ready = begin_law(); !ready) return fail(ready.error());
    for (int epoch = 0; epoch < o.epochs; ++epoch) {
      model_->expected_ = 0;
      const auto target = [&](std::uint32_t row, double p) {
        const double t = target_of(row, p);
        model_->expected_ += t;
        return t;
      };
      if (!learner->pass(target) ||
          !progress.report(static_cast<double>(epoch + 1) / static_cast<double>(o.epochs)))
        return cancelled();
      if (o.method == DelayMethod::joint)
        if (auto better = improve_law(*learner); !better) return fail(better.error());
    }
    model_->weights_ = learner->weights();
    return std::move(model_);
  }

 private:
  double target_of(std::uint32_t row, double p) const {
    const bool clicked = known_.clicked[row] != 0;
    switch (model_->options_.method) {
      case DelayMethod::joint:
        return clicked ? 1 : belief(p, model_->law_.still_waiting(known_.hours[row]));
      case DelayMethod::weights:
        return clicked ? std::min(model_->options_.most_weight,
                                  1 / model_->truncated_.arrived_within(known_.elapsed[row]))
                       : 0;
      default: return clicked;
    }
  }

  Result<void> begin_law() {
    const DelayedOptions& o = model_->options_;
    if (o.method == DelayMethod::weights) {
      std::vector<double> elapsed;
      for (std::size_t i = 0; i < known_.rows.size(); ++i)
        if (known_.clicked[i]) elapsed.push_back(known_.elapsed[i]);
      auto law = TruncatedDelays::of(delays_, elapsed);
      if (!law) return fail(law.error());
      model_->truncated_ = std::move(*law);
    } else if (o.method == DelayMethod::joint) {
      auto law = fit_delay_law(delays_, {}, {}, o.weibull);
      if (!law) return fail(law.error());
      model_->law_ = *law;
    }
    return {};
  }

  Result<void> improve_law(const SoftLogistic& learner) {
    const std::vector<double> p = learner.predictions();
    std::vector<double> beliefs;
    for (std::size_t i = 0; i < p.size(); ++i)
      if (!known_.clicked[i])
        beliefs.push_back(belief(p[i], model_->law_.still_waiting(known_.hours[i])));
    auto law = fit_delay_law(delays_, waits_, beliefs, model_->options_.weibull);
    if (!law) return fail(law.error());
    model_->law_ = *law;
    return {};
  }

  std::shared_ptr<DelayedModel> model_;
  KnownRows known_;
  std::vector<double> delays_, waits_;
};

Result<DelayedModelPtr> train_delayed(const Frame& rows, const DelayedOptions& options,
                                      const Progress& progress) {
  if (auto fine = validate_delayed(options); !fine) return fail(fine.error());
  auto known = known_rows(rows, options);
  if (!known) return fail(known.error());
  return DelayedTrainer(options, std::move(*known)).fit(rows, progress);
}

Result<std::vector<double>> DelayedModel::score(const Frame& rows) const {
  return weights_.predict(rows);
}

std::string DelayedModel::describe() const {
  switch (options_.method) {
    case DelayMethod::naive: return "no click yet is no click";
    case DelayMethod::wait: return fmt::format("rows older than {:g} hours", options_.wait_hours);
    case DelayMethod::weights: return "clicks weighted by 1 / P(arrived)";
    case DelayMethod::joint: return "clicks and delays together";
    case DelayMethod::oracle: return "every click, however late";
  }
  return {};
}

std::size_t DelayedModel::bytes() const {
  return sizeof(*this) + weights_.weights.size() * sizeof(double);
}

std::vector<std::pair<std::string, double>> DelayedModel::facts() const {
  std::vector<std::pair<std::string, double>> all = {{"rows_trained", static_cast<double>(rows_)},
                                                     {"clicks_known", static_cast<double>(clicks_)},
                                                     {"clicks_expected", expected_}};
  if (options_.method == DelayMethod::joint) {
    all.emplace_back("mean_delay_hours", law_.mean_hours());
    all.emplace_back("delay_shape", law_.shape);
  }
  return all;
}

Result<Frame> DelayedModel::trail(const Frame& rows, std::size_t row) const {
  if (row >= rows.rows())
    return fail(Code::invalid_argument, "there is no row {}: the table has {}", row, rows.rows());
  auto clock = DelayClock::of(rows, options_);
  if (!clock) return fail(clock.error());
  auto p = weights_.predict(rows.slice(row, row + 1));
  if (!p) return fail(p.error());
  const SeenRow seen = clock->seen(row);
  const bool joint = options_.method == DelayMethod::joint,
             weighted = options_.method == DelayMethod::weights;
  const double probability = p->front(), waiting = joint ? law_.still_waiting(seen.elapsed)
                                                   : weighted
                                                       ? 1 - truncated_.arrived_within(seen.elapsed)
                                                       : std::nan("");
  double target = seen.clicked;
  if (joint && !seen.clicked) target = belief(probability, waiting);
  if (weighted && seen.clicked) target = std::min(options_.most_weight, 1 / (1 - waiting));
  const std::vector<std::string> quantity = {"elapsed hours e", "clicked by then", "p", "S(e)",
                                             "target t",        "gradient"},
                                 formula = {"moment of training - time of the impression",
                                            "arrival ≤ moment of training",
                                            "σ(w·x)",
                                            joint ? "exp(-(rate e)^shape)" : "P(delay > e)",
                                            joint      ? "1 if clicked, else p S / (1 - p + p S)"
                                            : weighted ? "1 / (1 - S) if clicked, else 0"
                                                       : "1 if clicked, else 0",
                                            "p - t"};
  Frame::Builder builder;
  builder.add("quantity", quantity)
      .add("value", std::vector<double>{seen.elapsed, static_cast<double>(seen.clicked),
                                        probability, waiting, target, probability - target})
      .add("formula", formula);
  return std::move(builder).build();
}

}  // namespace rehearse::models
