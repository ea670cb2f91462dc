// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenarios/retraining.hpp"

#include <limits>
#include <optional>

#include "engine/calibration/map.hpp"
#include "engine/metrics/probability.hpp"
#include "engine/metrics/scored.hpp"
#include "engine/scenarios/repeated.hpp"
#include "engine/sim/impressions.hpp"

namespace rehearse::scenarios {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

struct DayRow {
  std::int64_t replicate = 0;
  std::int32_t day = 0, trained_on = -1;
  std::string series;
  std::int64_t rows = 0, clicks = 0;
  double mean_score = 0, log_loss = 0, best = kUndefined, excess = kUndefined, ratio = kUndefined;
};

// One replicate: serves day by day, refits when it is time.
class Loop {
 public:
  Loop(const Frame& log, const RetrainingOptions& o, std::uint64_t replicate, const LoopBody& body,
       const Progress& progress)
      : log_(log), o_(o), replicate_(replicate), body_(body), progress_(progress) {}

  Result<std::vector<DayRow>> run() {
    auto day = log_.require(o_.day);
    if (!day) return fail(day.error());
    if (log_.rows() == 0) return fail(Code::bad_data, "the log has no rows");
    last_day_ = static_cast<int>((*day)->number(log_.rows() - 1));
    if ((*day)->number(0) >= o_.first_day)
      return fail(Code::bad_data,
                  "no row of the log lies before day {}, so there is nothing to train on",
                  o_.first_day);
    if (last_day_ < o_.first_day)
      return fail(Code::bad_data, "the log ends on day {}, before the first day served, {}",
                  last_day_, o_.first_day);
    for (int today = o_.first_day; today <= last_day_; ++today) {
      if ((today - o_.first_day) % o_.every_days == 0)
        if (auto fitted = refit(today); !fitted)
          return fail(fitted.error().code, "day {}, replicate {}: {}", today, replicate_,
                      fitted.error().message);
      if (auto judged = judge(today); !judged) return fail(judged.error());
      if (!progress_.report(static_cast<double>(today - o_.first_day + 1) /
                            (last_day_ - o_.first_day + 1)))
        return cancelled();
    }
    return std::move(rows_);
  }

 private:
  Result<Frame> days(int from, int to) const {
    const int marks[] = {from, to};
    auto parts = sim::split_by_day(log_, marks, o_.day);
    if (!parts) return fail(parts.error());
    return (*parts)[1];
  }

  Result<void> refit(int today) {
    auto window = days(std::max(-1, today - o_.window_days), today);
    if (!window) return fail(window.error());
    // Midnight before `today`: what the label knew by then.
    auto first = days(today, today + 1);
    if (!first) return fail(first.error());
    const Column* time = log_.find(o_.time);
    if (time && first->rows() > 0) {
      const std::int64_t at = first->find(o_.time)->values<std::int64_t>()[0];
      window = sim::labels_known_at(*window, Time{at}, o_.label, o_.arrival);
      if (!window) return fail(window.error());
    }
    auto output =
        body_({state_, today, turn_++, replicate_, o_.seed + replicate_ * 0x9e3779b97f4a7c15ULL,
               std::move(*window), progress_});
    if (!output) return fail(output.error());
    if (!output->state) return fail(Code::internal, "the loop's body returned no model");
    state_ = output->state;
    trained_on_ = today;
    if (!frozen_) frozen_ = state_, frozen_on_ = today;
    return {};
  }

  Result<void> judge(int today) {
    auto rows = days(today, today + 1);
    if (!rows) return fail(rows.error());
    if (rows->rows() == 0) return {};
    auto label = rows->require(o_.label);
    if (!label) return fail(label.error());
    const std::vector<double> labels = (*label)->numbers();
    const Column* truth_column = rows->find(o_.truth);
    const std::vector<double> truth =
        truth_column ? truth_column->numbers() : std::vector<double>();
    for (const auto& [name, model, since] : {std::tuple{"frozen", frozen_, frozen_on_},
                                             std::tuple{"retrained", state_, trained_on_}}) {
      auto scores = model->score(*rows);
      if (!scores) return fail(scores.error());
      if (auto added = add(today, name, since, *scores, labels, truth); !added) return added;
    }
    return truth.empty() ? Result<void>() : add(today, "best possible", -1, truth, labels, truth);
  }

  Result<void> add(int today, const char* series, int since, const std::vector<double>& scores,
                   const std::vector<double>& labels, const std::vector<double>& truth) {
    auto scored = metrics::Scored::of(scores, labels);
    if (!scored) return fail(scored.error());
    DayRow row;
    row.replicate = static_cast<std::int64_t>(replicate_), row.day = today, row.series = series,
    row.trained_on = since;
    row.rows = static_cast<std::int64_t>(scores.size()),
    row.clicks = static_cast<std::int64_t>(scored->positive_weight());
    row.mean_score = metrics::mean_score(*scored), row.log_loss = metrics::log_loss(*scored);
    row.ratio = metrics::calibration_ratio(*scored).value;
    if (!truth.empty()) {
      row.best = metrics::best_log_loss(truth);
      // In expectation over the clicks, so that a day's luck is no model's merit.
      row.excess =
          row.best > 0 ? metrics::expected_log_loss(scores, truth) / row.best - 1 : kUndefined;
    }
    rows_.push_back(std::move(row));
    return {};
  }

  const Frame& log_;
  const RetrainingOptions& o_;
  const std::uint64_t replicate_;
  const LoopBody& body_;
  const Progress& progress_;
  ScorerPtr state_, frozen_;
  int turn_ = 0, trained_on_ = -1, frozen_on_ = -1, last_day_ = 0;
  std::vector<DayRow> rows_;
};

Result<Frame> to_frame(const std::vector<DayRow>& rows) {
  std::vector<std::int64_t> replicate, count, clicks;
  std::vector<std::int32_t> day, since;
  std::vector<std::uint8_t> trained;
  std::vector<std::string> series;
  std::vector<double> mean, loss, best, excess, ratio;
  for (const DayRow& r : rows) {
    replicate.push_back(r.replicate), day.push_back(r.day), series.push_back(r.series),
        since.push_back(r.trained_on), trained.push_back(r.trained_on >= 0);
    count.push_back(r.rows), clicks.push_back(r.clicks), mean.push_back(r.mean_score),
        loss.push_back(r.log_loss);
    best.push_back(r.best), excess.push_back(r.excess), ratio.push_back(r.ratio);
  }
  Frame::Builder b;
  b.add("replicate", std::move(replicate))
      .add("day", std::move(day))
      .add("series", series)
      .add("trained_on_day", std::move(since))
      .missing(std::move(trained));
  b.add("rows", std::move(count))
      .add("clicks", std::move(clicks))
      .add("mean_score", std::move(mean))
      .add("log_loss", std::move(loss));
  b.add("best_log_loss", std::move(best))
      .add("excess_log_loss", std::move(excess))
      .add("calibration_ratio", std::move(ratio));
  return std::move(b).build();
}

Result<void> validate(const RetrainingOptions& o) {
  if (o.first_day < 1 || o.every_days < 1 || o.window_days < 1 || o.replicates < 1 ||
      o.replicates > 10000)
    return fail(Code::invalid_argument,
                "a retraining loop needs first_day, every_days and window_days of at least 1 and 1 "
                "to 10,000 replicates");
  return {};
}

}  // namespace

Result<RetrainingResult> retraining_loop(const Frame& log, const RetrainingOptions& options,
                                         const LoopBody& body, const Progress& progress) {
  return retraining_loop([&log](std::uint64_t) -> Result<Frame> { return log; }, options, body,
                         progress);
}

Result<RetrainingResult> retraining_loop(const LogSource& source, const RetrainingOptions& options,
                                         const LoopBody& body, const Progress& progress) {
  if (auto fine = validate(options); !fine) return fail(fine.error());
  std::vector<std::optional<Result<std::vector<DayRow>>>> done(options.replicates);
  repeat_in_parallel(options.replicates, options.threads, [&](std::uint64_t r) {
    auto log = source(r);
    done[r] = log ? Loop(*log, options, r, body, progress).run()
                  : Result<std::vector<DayRow>>(fail(log.error()));
    return done[r]->has_value();
  });
  std::vector<DayRow> all;
  for (auto& one : done) {
    if (!*one) return fail(one->error());
    for (DayRow& row : **one) all.push_back(std::move(row));
  }
  auto days = to_frame(all);
  if (!days) return fail(days.error());
  return RetrainingResult{std::move(*days), {}};
}

LoopBody ftrl_body(const models::FtrlOptions& options, bool warm) {
  return [options, warm](const LoopInput& input) -> Result<LoopOutput> {
    models::FtrlOptions now = options;
    now.seed = input.seed;
    if (warm) now.start = std::dynamic_pointer_cast<const models::FtrlModel>(input.state);
    auto model = models::train_ftrl(input.window, now, input.progress);
    if (!model) return fail(model.error());
    if (now.keep_negatives >= 1) return LoopOutput{*model, {}};
    auto map = calibration::prior_map(now.keep_negatives);
    if (!map) return fail(map.error());
    return LoopOutput{
        std::make_shared<const calibration::CalibratedScorer>(*model, *map, "closed form"), {}};
  };
}

}  // namespace rehearse::scenarios
