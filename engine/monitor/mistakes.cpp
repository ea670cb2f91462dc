// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/mistakes.hpp"

#include <algorithm>
#include <cmath>

namespace rehearse::monitor {
namespace {

constexpr double kMicrosPerHour = 3.6e9, kLeastProbability = 1e-15;

struct ClickLog {
  const Column *time, *day, *click, *arrival, *session;
};

Result<ClickLog> columns_needed(const Frame& rows, Mistake kind) {
  ClickLog log{};
  for (auto [name, column] : {std::pair{"time", &log.time},
                              {"day", &log.day},
                              {"click", &log.click},
                              {"click_arrival", &log.arrival},
                              {"session_id", &log.session}}) {
    if (kind != Mistake::miss && column == &log.session) continue;
    auto found = rows.require(name);
    if (!found) return fail(found.error());
    *column = *found;
  }
  if (log.time->type() != Type::time || log.arrival->type() != Type::time || !log.day->numeric() ||
      !log.click->numeric())
    return fail(Code::bad_data,
                "time and click_arrival must hold times, day and click numbers, for mistakes to be "
                "put in order");
  return log;
}

// The label as it stands when the wait is over.
double label_after(const ClickLog& log, std::size_t row, std::int64_t wait) {
  const bool clicked = log.click->number(row) == 1 && !log.arrival->missing(row);
  return clicked &&
         log.arrival->values<std::int64_t>()[row] <= log.time->values<std::int64_t>()[row] + wait;
}

double loss_of(double p, double label) {
  p = std::clamp(p, kLeastProbability, 1 - kLeastProbability);
  return label == 1 ? -std::log(p) : -std::log1p(-p);
}

struct MistakeRows {
  std::vector<double> day, value;
};

// A row of each click of a slate: whether fewer than half of the others were scored below it.
void add_misses(MistakeRows& out, const ClickLog& log, const std::vector<double>& scores,
                std::size_t begin, std::size_t end, std::int64_t wait, double known) {
  if (end - begin < 2) return;
  for (std::size_t row = begin; row < end; ++row) {
    if (label_after(log, row, wait) != 1) continue;
    double below = 0;
    for (std::size_t other = begin; other < end; ++other)
      below += scores[other] < scores[row]                    ? 1
               : other != row && scores[other] == scores[row] ? .5
                                                              : 0;
    out.day.push_back(known);
    out.value.push_back(below < static_cast<double>(end - begin - 1) / 2 ? 1 : 0);
  }
}

}  // namespace

Result<Mistake> parse_mistake(const std::string& name) {
  if (name == "log_loss") return Mistake::log_loss;
  if (name == "residual") return Mistake::residual;
  if (name == "miss") return Mistake::miss;
  return fail(Code::invalid_argument, "a mistake is log_loss, residual or miss, not `{}`", name);
}

Result<Frame> mistakes(const Scorer& model, const Frame& rows, Mistake kind, double wait_hours) {
  if (!(wait_hours >= 0 && wait_hours <= 1e5))
    return fail(Code::invalid_argument, "a wait is between 0 and 100,000 hours, not {:g}",
                wait_hours);
  if (!model.probabilistic())
    return fail(Code::invalid_argument, "the model predicts values; mistakes are of probabilities");
  auto log = columns_needed(rows, kind);
  if (!log) return fail(log.error());
  auto scores = model.score(rows);
  if (!scores) return fail(scores.error());
  const auto times = log->time->values<std::int64_t>();
  const auto wait = static_cast<std::int64_t>(wait_hours * kMicrosPerHour);
  MistakeRows out;
  // Midnight of the first row's day, so that a moment can be said as a day with its fraction.
  const double micros_a_day = 24 * kMicrosPerHour;
  const double first_midnight =
      rows.rows() ? std::floor(static_cast<double>(times[0]) / micros_a_day) * micros_a_day : 0;
  const double first_day = rows.rows() ? log->day->number(0) : 0;
  std::size_t slate = 0;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    if (row > 0 && times[row] < times[row - 1])
      return fail(Code::bad_data, "row {} is older than the one before it; sort by time", row + 1);
    const double known =
        first_day + (static_cast<double>(times[row] + wait) - first_midnight) / micros_a_day;
    if (kind == Mistake::miss) {
      const bool last =
          row + 1 == rows.rows() || log->session->number(row + 1) != log->session->number(row);
      if (!last) continue;
      add_misses(out, *log, *scores, slate, row + 1, wait, known);
      slate = row + 1;
      continue;
    }
    const double label = label_after(*log, row, wait);
    out.day.push_back(known);
    out.value.push_back(kind == Mistake::residual ? label - (*scores)[row]
                                                  : loss_of((*scores)[row], label));
  }
  if (out.day.empty())
    return fail(Code::bad_data, "there is {}",
                kind == Mistake::miss ? "no click that could be missed" : "no row");
  Frame::Builder builder;
  builder.add("day", std::move(out.day), {.unit = "days"}).add("value", std::move(out.value));
  return std::move(builder).build();
}

}  // namespace rehearse::monitor
