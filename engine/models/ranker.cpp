// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/ranker.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "engine/base/adam.hpp"
#include "engine/base/random.hpp"
#include "engine/models/boosted_library.hpp"
#include "engine/models/labels.hpp"
#include "engine/models/option_checks.hpp"

namespace rehearse::models {
namespace {

constexpr std::size_t kListsAStep = 8;
constexpr double kMostRelevance = 30, kLeastCurvature = 1e-6;

Result<void> check_ranker(const RankerOptions& o) {
  const auto k = static_cast<double>(o.k), hidden = static_cast<double>(o.hidden);
  return check_options(
      "ranker",
      {{"k", k, o.k >= 1 && o.k <= 1000, "[1, 1000]"},
       {"hidden", hidden, o.hidden >= 1 && o.hidden <= 512, "[1, 512]"},
       {"epochs", static_cast<double>(o.epochs), o.epochs >= 1 && o.epochs <= 1000, "[1, 1000]"},
       {"learning_rate", o.learning_rate, o.learning_rate > 0 && o.learning_rate <= 1, "(0, 1]"},
       {"decay", o.decay, o.decay >= 0 && o.decay <= 1, "[0, 1]"},
       {"rounds", static_cast<double>(o.rounds), o.rounds >= 1 && o.rounds <= 2000, "[1, 2000]"},
       {"depth", static_cast<double>(o.depth), o.depth >= 1 && o.depth <= 12, "[1, 12]"},
       {"shrinkage", o.shrinkage, o.shrinkage > 0 && o.shrinkage <= 1, "(0, 1]"}});
}

// Rows of each list, in order of first appearance.
Result<std::vector<std::vector<std::uint32_t>>> lists_by(const Frame& rows,
                                                         const std::string& query) {
  auto column = rows.require(query);
  if (!column) return fail(column.error());
  std::map<std::string, std::size_t> texts;
  std::map<double, std::size_t> numbers;
  std::vector<std::vector<std::uint32_t>> lists;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    if ((*column)->missing(row))
      return fail(Code::bad_data, "row {}: the column `{}` is empty, so it is of no list", row,
                  query);
    const auto [at, fresh] =
        (*column)->numeric()
            ? [&] {
                const auto [it, made] = numbers.try_emplace((*column)->number(row), lists.size());
                return std::pair(it->second, made);
              }()
            : [&] {
                const auto [it, made] =
                    texts.try_emplace(std::string((*column)->text(row)), lists.size());
                return std::pair(it->second, made);
              }();
    if (fresh) lists.emplace_back();
    lists[at].push_back(static_cast<std::uint32_t>(row));
  }
  return lists;
}

}  // namespace

Result<RankScorer> parse_rank_scorer(std::string_view name) {
  if (name == "linear") return RankScorer::linear;
  if (name == "network") return RankScorer::network;
  if (name == "trees") return RankScorer::trees;
  return fail(Code::invalid_argument,
              "there is no scorer `{}` of lists; there are linear, network and trees", name);
}

Result<std::vector<double>> RankerModel::score(const Frame& rows) const {
  std::vector<double> scores(rows.rows());
  if (options_.scorer == RankScorer::trees) {
    auto values = encoding_.encoding().matrix(rows);
    if (!values) return fail(values.error());
    const std::vector<float> margins = ensemble_.margins(*values, encoding_.width());
    return std::vector<double>(margins.begin(), margins.end());
  }
  auto values = encoding_.matrix(rows);
  if (!values) return fail(values.error());
  std::vector<double> active(net_.hidden);
  for (std::size_t row = 0; row < scores.size(); ++row)
    net_.forward(values->data() + row * encoding_.width(), &scores[row], active.data());
  return scores;
}

std::string RankerModel::describe() const {
  const char* scorer = options_.scorer == RankScorer::linear    ? "linear"
                       : options_.scorer == RankScorer::network ? "shallow network"
                                                                : "boosted trees";
  const char* loss = options_.loss == RankLoss::pointwise  ? "pointwise"
                     : options_.loss == RankLoss::pairwise ? "pairwise"
                                                           : "lambda";
  return fmt::format("{} ranker, {} loss", scorer, loss);
}

std::size_t RankerModel::bytes() const {
  return sizeof *this + encoding_.bytes() + net_.at.capacity() * sizeof(double) +
         ensemble_.bytes() + losses_.capacity() * sizeof(double);
}

std::vector<std::pair<std::string, double>> RankerModel::facts() const {
  const bool trees = options_.scorer == RankScorer::trees;
  const auto of = [](std::size_t count) { return static_cast<double>(count); };
  return {{"rows_trained", of(rows_)},
          {"lists_trained", of(lists_)},
          {"lists_without_order", of(without_order_)},
          {"parameters", of(trees ? ensemble_.leaves() : net_.parameters())},
          {"multiply_adds", trees ? 0 : of(net_.multiply_adds())},
          {"tree_nodes", nodes_visited_},
          {"loss_first", losses_.front()},
          {"loss_last", losses_.back()}};
}

// One fit: owns the model while it is learning.
class RankerTrainer {
 public:
  explicit RankerTrainer(const RankerOptions& options)
      : o_(options), model_(std::make_shared<RankerModel>()) {
    model_->options_ = options;
  }

  Result<std::shared_ptr<const RankerModel>> fit(const Frame& rows, const Progress& progress) {
    if (auto ready = prepare(rows); !ready) return fail(ready.error());
    auto done = o_.scorer == RankScorer::trees ? grow(rows, progress) : descend(rows, progress);
    if (!done) return fail(done.error());
    return std::shared_ptr<const RankerModel>(model_);
  }

 private:
  Result<void> prepare(const Frame& rows) {
    auto columns = choose_features(rows, o_.features, o_.label);
    if (!columns) return fail(columns.error());
    auto label = label_column(rows, o_.label);
    if (!label) return fail(label.error());
    auto relevance = value_labels(**label);
    if (!relevance) return fail(relevance.error());
    relevance_ = *std::move(relevance);
    for (std::size_t row = 0; row < relevance_.size(); ++row) {
      if (!(relevance_[row] >= 0 && relevance_[row] <= kMostRelevance))
        return fail(Code::bad_data, "row {}: the relevance is {:g}; it lies from 0 to {:g}", row,
                    relevance_[row], kMostRelevance);
      most_ = std::max(most_, relevance_[row]);
    }
    auto lists = lists_by(rows, o_.query);
    if (!lists) return fail(lists.error());
    model_->lists_ = lists->size(), model_->rows_ = rows.rows();
    keep_lists(*lists);
    if (lists_.empty())
      return fail(Code::bad_data,
                  "no list of `{}` has one candidate that is better than another by `{}`: there is "
                  "no order to learn",
                  o_.query, o_.label);
    auto encoding = StandardizedRows::fit(rows, *columns);
    if (!encoding) return fail(encoding.error());
    model_->encoding_ = *std::move(encoding);
    return {};
  }

  // A list whose candidates are all alike says nothing about order, but something about level.
  void keep_lists(std::vector<std::vector<std::uint32_t>>& lists) {
    std::size_t with_order = 0;
    for (auto& list : lists) {
      const bool order = std::any_of(list.begin(), list.end(), [&](std::uint32_t row) {
        return relevance_[row] != relevance_[list.front()];
      });
      with_order += order, model_->without_order_ += !order;
      if (order || o_.loss == RankLoss::pointwise) lists_.push_back(std::move(list));
    }
    if (with_order == 0) lists_.clear();
  }

  // Scores of a list in, gradient and curvature of a list out; returns the loss.
  double of_list(const std::vector<std::uint32_t>& list) {
    graded_.resize(list.size()), gradient_.resize(list.size()), curvature_.resize(list.size());
    for (std::size_t i = 0; i < list.size(); ++i) graded_[i] = relevance_[list[i]];
    return rank_gradient(o_.loss, scores_, graded_, most_, o_.k, gradient_, curvature_);
  }

  Result<void> descend(const Frame& rows, const Progress& progress) {
    auto values = model_->encoding_.matrix(rows);
    if (!values) return fail(values.error());
    const std::size_t width = model_->encoding_.width(),
                      hidden = o_.scorer == RankScorer::network ? o_.hidden : 0;
    ShallowNet& net = model_->net_;
    net = ShallowNet::make(width, hidden, 1, true, o_.seed, "ranker.weights");
    Adam<double> adam(net.parameters(), o_.learning_rate, o_.decay);
    std::vector<double> total(net.parameters()), active;
    std::vector<std::uint32_t> order(lists_.size());
    std::iota(order.begin(), order.end(), 0U);
    for (int epoch = 0; epoch < o_.epochs; ++epoch) {
      if (!progress.report(static_cast<double>(epoch) / o_.epochs)) return cancelled();
      Stream stream(o_.seed, "ranker.order", 0, static_cast<std::uint64_t>(epoch));
      stream.shuffle(std::span(order));
      double loss = 0;
      for (std::size_t n = 0; n < order.size(); ++n) {
        const auto& list = lists_[order[n]];
        scores_.resize(list.size()), active.resize(list.size() * hidden + 1);
        for (std::size_t i = 0; i < list.size(); ++i)
          net.forward(values->data() + list[i] * width, &scores_[i], active.data() + i * hidden);
        loss += of_list(list);
        for (std::size_t i = 0; i < list.size(); ++i)
          net.backward(values->data() + list[i] * width, active.data() + i * hidden, &gradient_[i],
                       total.data());
        if ((n + 1) % kListsAStep != 0 && n + 1 != order.size()) continue;
        for (double& g : total) g /= static_cast<double>(kListsAStep);
        adam.step(net.at, total);
        std::fill(total.begin(), total.end(), 0.0);
      }
      if (!std::isfinite(loss))
        return fail(Code::invalid_argument,
                    "ranker: the scores grew beyond all bounds in epoch {}; use a smaller learning "
                    "rate than {:g}",
                    epoch + 1, o_.learning_rate);
      model_->losses_.push_back(loss / static_cast<double>(order.size()));
    }
    return {};
  }

  Booster::Settings tree_settings() const {
    return {{"objective", "reg:squarederror"},  // never asked: the gradient is ours
            {"base_score", "0"},
            {"tree_method", "hist"},
            {"max_bin", "64"},
            {"max_depth", fmt::format("{}", o_.depth)},
            {"eta", fmt::format("{}", o_.shrinkage)},
            {"min_child_weight", "0"},
            {"lambda", "1"},
            {"seed", fmt::format("{}", o_.seed % 2147483647)},
            {"disable_default_eval_metric", "1"},
            {"nthread", "1"},
            {"verbosity", "0"}};
  }

  // Gradients of all lists at the present margins. They are scaled by `weight`, the mean size of a
  // list, so that a leaf's shrinkage means the same for every loss.
  double slopes(const std::vector<float>& margins, double weight, std::vector<float>& gradient,
                std::vector<float>& curvature) {
    double loss = 0;
    for (const auto& list : lists_) {
      scores_.clear();
      for (const std::uint32_t row : list) scores_.push_back(static_cast<double>(margins[row]));
      loss += of_list(list);
      for (std::size_t i = 0; i < list.size(); ++i) {
        gradient[list[i]] = static_cast<float>(weight * gradient_[i]);
        curvature[list[i]] = static_cast<float>(std::max(kLeastCurvature, weight * curvature_[i]));
      }
    }
    return loss / static_cast<double>(lists_.size());
  }

  Result<void> grow(const Frame& rows, const Progress& progress) {
    auto values = model_->encoding_.encoding().matrix(rows);
    if (!values) return fail(values.error());
    const std::size_t width = model_->encoding_.width();
    auto train = BoostedMatrix::of(*values, width);
    if (!train) return fail(train.error());
    auto booster = Booster::create(std::span(&*train, 1), tree_settings());
    if (!booster) return fail(booster.error());
    const double weight = static_cast<double>(model_->rows_) / static_cast<double>(model_->lists_);
    std::vector<float> gradient(rows.rows(), 0), curvature(rows.rows(), 0);
    if (auto set = train->set("label", gradient); !set) return set;  // asked for, and not looked at
    for (int round = 0; round < o_.rounds; ++round) {
      if (!progress.report(static_cast<double>(round) / o_.rounds)) return cancelled();
      auto margins = booster->margins(*train);
      if (!margins) return fail(margins.error());
      model_->losses_.push_back(slopes(*margins, weight, gradient, curvature));
      if (auto grown = booster->grow(*train, gradient, curvature); !grown) return grown;
    }
    auto json = booster->serialized("json");
    if (!json) return fail(json.error());
    auto ensemble = TreeEnsemble::parse(*json, 0);
    if (!ensemble) return fail(ensemble.error());
    model_->ensemble_ = *std::move(ensemble);
    model_->nodes_visited_ = model_->ensemble_.mean_nodes_visited(*values, width);
    return {};
  }

  const RankerOptions o_;
  std::shared_ptr<RankerModel> model_;
  std::vector<std::vector<std::uint32_t>> lists_;
  std::vector<double> relevance_, scores_, graded_, gradient_, curvature_;
  double most_ = 0;
};

Result<std::shared_ptr<const RankerModel>> train_ranker(const Frame& rows,
                                                        const RankerOptions& options,
                                                        const Progress& progress) {
  if (auto fine = check_ranker(options); !fine) return fail(fine.error());
  return RankerTrainer(options).fit(rows, progress);
}

}  // namespace rehearse::models
