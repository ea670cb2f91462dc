// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenarios/leakage_hunt.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/models/labels.hpp"
#include "engine/validation/leakage.hpp"
#include "engine/validation/splits.hpp"

namespace rehearse::scenarios {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
constexpr double kWorthAsking = 0.55, kKept = 0.5;

struct Finding {
  std::string column, reason;
  bool suspect = false;
  double alone = kNothing, importance = 0, share = 0, ablation = kNothing, lagged = kNothing,
         lag_base = kNothing, late = kNothing;
};

class HuntRun {
 public:
  HuntRun(const Frame& train, const Frame& test, const ColumnFit& fit, const Yardstick& yardstick,
          const HuntOptions& o, const Progress& progress)
      : train_(train), test_(test), fit_(fit), yardstick_(yardstick), o_(o), progress_(progress) {}

  Result<Hunt> run() {
    if (auto ready = prepare(); !ready) return fail(ready.error());
    auto model = fit_(train_, o_.columns, inner_);
    if (!model) return fail(model.error());
    auto loss = yardstick_(**model, test_);
    if (!loss) return fail(loss.error());
    loss_ = *loss;
    for (std::size_t c = 0; c < o_.columns.size(); ++c) {
      auto finding = look_at(**model, o_.columns[c]);
      if (!finding) return fail(finding.error());
      findings_.push_back(std::move(*finding));
      if (!progress_.report(static_cast<double>(c + 1) / static_cast<double>(o_.columns.size())))
        return cancelled();
    }
    judge_all();
    return told();
  }

 private:
  Result<void> prepare() {
    if (o_.columns.size() < 2 || o_.repeats < 1 || o_.repeats > 50)
      return fail(Code::invalid_argument,
                  "a leakage hunt takes at least two columns and 1 to 50 repeats");
    auto label = models::label_column(train_, o_.label);
    if (!label) return fail(label.error());
    auto binary = models::binary_labels(**label);
    if (!binary) return fail(binary.error());
    labels_.assign(binary->begin(), binary->end());
    for (const std::string& column : o_.columns)
      if (auto there = train_.require(column); !there) return fail(there.error());
    if (o_.user.empty() || !train_.find(o_.user) || !test_.find(o_.user)) return {};
    auto users = validation::entity_keys(train_, o_.user),
         tested = validation::entity_keys(test_, o_.user);
    if (!users) return fail(users.error());
    if (!tested) return fail(tested.error());
    users_ = std::move(*users), test_users_ = std::move(*tested);
    const Column* time = train_.find("time");
    if (time && time->type() == Type::time) times_ = time->values<std::int64_t>();
    earlier_ = validation::earlier_rows(users_, times_);
    return {};
  }

  double worse(double loss) const { return yardstick_.optimism(loss_, loss); }

  Result<Finding> look_at(const Scorer& model, const std::string& name) const {
    Finding f;
    f.column = name;
    const Column& column = **train_.require(name);
    auto alone = validation::auc_alone(column, labels_, users_, o_.seed);
    if (!alone) return fail(alone.error());
    f.alone = alone->value;
    f.late = validation::late_share(train_, column).value_or(kNothing);
    // Users that share a value are shuffled as a whole, or the model would still know it.
    const bool about_user = !users_.empty() && validation::about_cluster(column, users_, times_);
    for (int r = 0; r < o_.repeats; ++r) {
      auto shuffled = validation::with_shuffled(
          test_, name, about_user ? std::span<const std::uint64_t>(test_users_) : kNobody, o_.seed,
          static_cast<std::uint64_t>(r));
      if (!shuffled) return fail(shuffled.error());
      auto loss = yardstick_(model, *shuffled);
      if (!loss) return fail(loss.error());
      f.importance += worse(*loss) / o_.repeats;
    }
    if (o_.ablate)
      if (auto done = ablate(f); !done) return fail(done.error());
    if (about_user)
      if (auto done = lag(f, column); !done) return fail(done.error());
    return f;
  }

  Result<void> ablate(Finding& f) const {
    std::vector<std::string> others;
    for (const std::string& column : o_.columns)
      if (column != f.column) others.push_back(column);
    auto model = fit_(train_, others, inner_);
    if (!model) return fail(model.error());
    auto loss = yardstick_(**model, test_);
    if (!loss) return fail(loss.error());
    f.ablation = worse(*loss);
    return {};
  }

  // The column's power now and in the user's earlier session, on the rows that have one.
  Result<void> lag(Finding& f, const Column& column) const {
    std::vector<std::uint32_t> now, then;
    std::vector<double> labels;
    std::vector<std::uint64_t> users;
    for (std::uint32_t row = 0; row < earlier_.size(); ++row)
      if (earlier_[row]) {
        now.push_back(row), then.push_back(*earlier_[row]);
        labels.push_back(labels_[row]), users.push_back(users_[row]);
      }
    if (now.size() < 100) return {};
    const std::vector<std::string> alone = {column.name()};
    auto only = train_.select(alone);
    if (!only) return fail(only.error());
    for (const auto& [rows, power] : {std::pair(&now, &f.lag_base), std::pair(&then, &f.lagged)}) {
      const Frame values = only->take(*rows);
      auto auc = validation::auc_alone(values.column(0), labels, users, o_.seed);
      if (!auc) return fail(auc.error());
      *power = auc->value;
    }
    return {};
  }

  void judge_all() {
    double total = 0;
    for (const Finding& f : findings_) total += std::max(0.0, f.importance);
    for (Finding& f : findings_) {
      f.share = total > 0 ? std::max(0.0, f.importance) / total : 0;
      if (f.late > 0)
        f.reason = fmt::format("{:.0f}% of its moments lie after the row's own", 100 * f.late);
      else if (f.alone >= o_.alone_limit)
        f.reason = fmt::format("alone it ranks clicks with AUC {:.2f}", f.alone);
      else if (f.share >= o_.share_limit)
        f.reason = fmt::format("it carries {:.0f}% of what all columns are worth", 100 * f.share);
      else if (f.lag_base > kWorthAsking && f.lagged - 0.5 < kKept * (f.lag_base - 0.5))
        f.reason = fmt::format("AUC {:.2f} now, {:.2f} in the user's earlier session", f.lag_base,
                               f.lagged);
      f.suspect = !f.reason.empty();
    }
    std::stable_sort(findings_.begin(), findings_.end(), [](const Finding& a, const Finding& b) {
      return a.suspect != b.suspect ? a.suspect : a.importance > b.importance;
    });
  }

  Result<Hunt> told() const {
    Hunt hunt;
    hunt.loss = loss_;
    std::vector<std::string> column, reason;
    std::vector<std::uint8_t> suspect;
    std::vector<double> alone, importance, share, ablation, lagged, late;
    for (const Finding& f : findings_) {
      column.push_back(f.column), reason.push_back(f.suspect ? f.reason : "");
      suspect.push_back(f.suspect);
      alone.push_back(f.alone), importance.push_back(f.importance), share.push_back(f.share);
      ablation.push_back(f.ablation), lagged.push_back(f.lagged), late.push_back(f.late);
      if (f.suspect) hunt.suspects.push_back(f.column);
    }
    Frame::Builder b;
    b.add("column", column).add_boolean("suspect", std::move(suspect));
    b.add("alone", std::move(alone)).add("importance", std::move(importance));
    b.add("share", std::move(share)).add("ablation", std::move(ablation));
    b.add("lagged", std::move(lagged)).add("late", std::move(late)).add("reason", reason);
    auto frame = std::move(b).build();
    if (!frame) return fail(frame.error());
    hunt.columns = std::move(*frame);
    return hunt;
  }

  static constexpr std::span<const std::uint64_t> kNobody = {};
  const Frame &train_, &test_;
  const ColumnFit& fit_;
  const Yardstick& yardstick_;
  const HuntOptions& o_;
  const Progress& progress_;
  const Progress inner_{progress_.token(), {}};
  std::vector<double> labels_;
  std::vector<std::uint64_t> users_, test_users_;
  std::span<const std::int64_t> times_;
  std::vector<std::optional<std::uint32_t>> earlier_;
  std::vector<Finding> findings_;
  double loss_ = 0;
};

}  // namespace

Result<Hunt> leakage_hunt(const Frame& train, const Frame& test, const ColumnFit& fit,
                          const Yardstick& yardstick, const HuntOptions& options,
                          const Progress& progress) {
  return HuntRun(train, test, fit, yardstick, options, progress).run();
}

}  // namespace rehearse::scenarios
