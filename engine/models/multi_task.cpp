// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/multi_task.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "engine/base/adam.hpp"
#include "engine/base/random.hpp"
#include "engine/metrics/probability.hpp"
#include "engine/models/option_checks.hpp"

namespace rehearse::models {
namespace {

constexpr std::size_t kMostTasks = 20;

Result<void> check_multi_task(const MultiTaskOptions& o) {
  const std::size_t tasks = o.labels.size();
  if (tasks < 1 || tasks > kMostTasks)
    return fail(Code::invalid_argument, "{} labels are named; a network has 1 to {} tasks", tasks,
                kMostTasks);
  for (std::size_t t = 0; t < tasks; ++t)
    if (std::count(o.labels.begin(), o.labels.end(), o.labels[t]) > 1)
      return fail(Code::invalid_argument, "the label `{}` stands twice", o.labels[t]);
  if (!o.weights.empty() && o.weights.size() != tasks)
    return fail(Code::invalid_argument, "{} weights of {} tasks; each task has one",
                o.weights.size(), tasks);
  for (const double weight : o.weights)
    if (!(weight > 0) || std::isinf(weight))
      return fail(Code::invalid_argument, "the weight of a task is {:g}; it is above 0", weight);
  return check_options(
      "tasks",
      {{"hidden", static_cast<double>(o.hidden), o.hidden >= 1 && o.hidden <= 512, "[1, 512]"},
       {"epochs", static_cast<double>(o.epochs), o.epochs >= 1 && o.epochs <= 1000, "[1, 1000]"},
       {"batch", static_cast<double>(o.batch), o.batch >= 1 && o.batch <= 65536, "[1, 65536]"},
       {"learning_rate", o.learning_rate, o.learning_rate > 0 && o.learning_rate <= 1, "(0, 1]"},
       {"decay", o.decay, o.decay >= 0 && o.decay <= 1, "[0, 1]"}});
}

// Row-major, NaN where missing.
Result<std::vector<double>> task_labels(const Frame& rows, const std::vector<std::string>& labels) {
  std::vector<double> all(rows.rows() * labels.size());
  for (std::size_t t = 0; t < labels.size(); ++t) {
    auto column = rows.require(labels[t]);
    if (!column) return fail(column.error());
    if (!(*column)->numeric())
      return fail(Code::bad_data, "the label `{}` holds texts; 0, 1 or nothing is due", labels[t]);
    bool seen[2] = {};
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      const double y = (*column)->number(row);
      if (y != 0 && y != 1 && !std::isnan(y))
        return fail(Code::bad_data, "row {}: the label `{}` is {:g}; 0, 1 or nothing is due", row,
                    labels[t], y);
      if (!std::isnan(y)) seen[y == 1] = true;
      all[row * labels.size() + t] = y;
    }
    if (!seen[0] || !seen[1])
      return fail(Code::bad_data, "the label `{}` has one class alone; there is nothing to learn",
                  labels[t]);
  }
  return all;
}

// Rows in a random order, a batch at a time.
Result<std::vector<double>> descend_tasks(ShallowNet& net, const std::vector<double>& x,
                                          const std::vector<double>& labels,
                                          std::span<const double> weights,
                                          const MultiTaskOptions& o, const Progress& progress) {
  const std::size_t width = net.inputs, tasks = net.outputs, rows = labels.size() / tasks;
  Adam<double> adam(net.parameters(), o.learning_rate, o.decay);
  std::vector<std::uint32_t> order(rows);
  std::iota(order.begin(), order.end(), 0U);
  std::vector<double> batch_x, batch_y, gradient, losses;
  for (int epoch = 0; epoch < o.epochs; ++epoch) {
    if (!progress.report(static_cast<double>(epoch) / o.epochs)) return cancelled();
    Stream(o.seed, "tasks.order", 0, static_cast<std::uint64_t>(epoch)).shuffle(std::span(order));
    double loss = 0;
    for (std::size_t begin = 0; begin < rows;) {
      const std::size_t end = std::min(rows, begin + static_cast<std::size_t>(o.batch));
      batch_x.clear(), batch_y.clear();
      for (std::size_t i = begin; i < end; ++i) {
        const double* from = x.data() + order[i] * width;
        batch_x.insert(batch_x.end(), from, from + width);
        const double* y = labels.data() + order[i] * tasks;
        batch_y.insert(batch_y.end(), y, y + tasks);
      }
      loss += static_cast<double>(end - begin) *
              multi_task_gradient(net, batch_x, batch_y, weights, gradient);
      adam.step(net.at, gradient);
      begin = end;
    }
    losses.push_back(loss / static_cast<double>(rows));
  }
  return losses;
}

class TaskScorer final : public Scorer {
 public:
  TaskScorer(std::shared_ptr<const MultiTaskModel> model, std::size_t task)
      : model_(std::move(model)), task_(task) {}
  Result<std::vector<double>> score(const Frame& rows) const override {
    return model_->score(rows, task_);
  }
  std::string label() const override { return model_->options().labels[task_]; }
  std::string describe() const override {
    return fmt::format(
        "{}, {}", label(),
        model_->options().shared ? "from a shared bottom" : "from a network of its own");
  }
  std::size_t bytes() const override { return model_->bytes(); }
  std::vector<std::pair<std::string, double>> facts() const override {
    return {{"parameters", static_cast<double>(model_->parameters())},
            {"multiply_adds", static_cast<double>(model_->multiply_adds())}};
  }

 private:
  std::shared_ptr<const MultiTaskModel> model_;
  std::size_t task_;
};

}  // namespace

double multi_task_gradient(const ShallowNet& net, std::span<const double> x,
                           std::span<const double> labels, std::span<const double> weights,
                           std::vector<double>& gradient) {
  const std::size_t tasks = net.outputs, rows = labels.size() / tasks;
  assert(x.size() == rows * net.inputs && weights.size() == tasks);
  gradient.assign(net.parameters(), 0.0);
  std::vector<double> scores(tasks), slope(tasks), active(net.hidden);
  double loss = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    const double* from = x.data() + row * net.inputs;
    net.forward(from, scores.data(), active.data());
    for (std::size_t t = 0; t < tasks; ++t) {
      const double y = labels[row * tasks + t], w = weights[t] / static_cast<double>(rows);
      slope[t] = std::isnan(y) ? 0 : w * (metrics::sigmoid(scores[t]) - y);
      if (!std::isnan(y)) loss += w * metrics::log_loss_of_logit(scores[t], y);
    }
    net.backward(from, active.data(), slope.data(), gradient.data());
  }
  return loss;
}

Result<std::vector<double>> MultiTaskModel::score(const Frame& rows, std::size_t task) const {
  assert(task < options_.labels.size());
  auto x = encoding_.matrix(rows);
  if (!x) return fail(x.error());
  const ShallowNet& net = nets_[options_.shared ? 0 : task];
  std::vector<double> scores(net.outputs), active(net.hidden), p(rows.rows());
  for (std::size_t row = 0; row < p.size(); ++row) {
    net.forward(x->data() + row * net.inputs, scores.data(), active.data());
    p[row] = metrics::sigmoid(scores[options_.shared ? task : 0]);
  }
  return p;
}

std::size_t MultiTaskModel::multiply_adds() const {
  std::size_t sum = 0;
  for (const ShallowNet& net : nets_) sum += net.multiply_adds();
  return sum;
}

std::size_t MultiTaskModel::parameters() const {
  std::size_t sum = 0;
  for (const ShallowNet& net : nets_) sum += net.parameters();
  return sum;
}

std::size_t MultiTaskModel::bytes() const {
  return sizeof *this + encoding_.bytes() + parameters() * sizeof(double);
}

Result<std::shared_ptr<const MultiTaskModel>> train_multi_task(const Frame& rows,
                                                               const MultiTaskOptions& options,
                                                               const Progress& progress) {
  if (auto fine = check_multi_task(options); !fine) return fail(fine.error());
  auto labels = task_labels(rows, options.labels);
  if (!labels) return fail(labels.error());
  auto columns = choose_features(rows, options.features, options.labels.front());
  if (!columns) return fail(columns.error());
  auto encoding = StandardizedRows::fit(rows, *columns);
  if (!encoding) return fail(encoding.error());
  auto x = encoding->matrix(rows);
  if (!x) return fail(x.error());
  const std::size_t tasks = options.labels.size();
  std::vector<double> weights = options.weights;
  if (weights.empty()) weights.assign(tasks, 1);
  auto model = std::make_shared<MultiTaskModel>();
  model->options_ = options;
  for (std::size_t n = 0; n < (options.shared ? 1 : tasks); ++n) {
    ShallowNet net = ShallowNet::make(encoding->width(), options.hidden, options.shared ? tasks : 1,
                                      false, options.seed, "tasks.weights");
    std::vector<double> own = *labels;
    if (!options.shared) {
      own.clear();
      for (std::size_t i = n; i < labels->size(); i += tasks) own.push_back((*labels)[i]);
    }
    const std::span<const double> of_net =
        options.shared ? std::span<const double>(weights) : std::span(weights).subspan(n, 1);
    auto losses = descend_tasks(net, *x, own, of_net, options, progress);
    if (!losses) return fail(losses.error());
    model->losses_.resize(losses->size(), 0);
    for (std::size_t e = 0; e < losses->size(); ++e) model->losses_[e] += (*losses)[e];
    model->nets_.push_back(std::move(net));
  }
  model->encoding_ = *std::move(encoding);
  return std::shared_ptr<const MultiTaskModel>(model);
}

ScorerPtr task_scorer(std::shared_ptr<const MultiTaskModel> model, std::size_t task) {
  assert(task < model->options().labels.size());
  return std::make_shared<const TaskScorer>(std::move(model), task);
}

}  // namespace rehearse::models
