-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Four baselines that every model has to beat: mean, median, last value, and the base rate. The
-- drill is about a split by time in rows that come in no order, and about baselines that know
-- nothing of what lies behind the split.

-- `n` rows `(time, value)` in no order; one value in `zeros` is 0. `times` bounds the times.
local function random_rows(n, times, zeros, rand)
  local rows = {}
  for i = 1, n do
    rows[i] = { rand(0, times), rand(1, zeros) == 1 and 0 or rand(1, 400) / 4 }
  end
  return rows
end

-- Rows whose times are their places, in falling order of time: the worst order for insertion.
local function falling_rows(n, rand)
  local rows = {}
  for i = 1, n do rows[i] = { n - i, (n - i) / 2 + rand.float() / 4 } end
  return rows
end

-- The reference. Several wrong answers are this text with one thing changed.
local past_then_future = [==[
-- One pass over the past for what the baselines predict, one over the future for their errors.
function baseline_errors(rows, split)
  local past, sum, nonzero, latest = {}, 0.0, 0, nil
  for _, row in ipairs(rows) do
    local time, value = row[1], row[2]
    if time < split then
      past[#past + 1] = value
      sum = sum + value
      if value > 0 then nonzero = nonzero + 1 end
      if not latest or time >= latest[1] then latest = row end
    end
  end
  local n, ahead = #past, #rows - #past
  if n == 0 or ahead == 0 then return nil end
  table.sort(past)
  local mean, median = sum / n, (past[(n + 1) // 2] + past[n // 2 + 1]) / 2
  local last, prior = latest[2], nonzero / n
  local errors = { 0.0, 0.0, 0.0, 0.0 }
  for _, row in ipairs(rows) do
    local time, value = row[1], row[2]
    if time >= split then
      errors[1] = errors[1] + math.abs(value - mean) / ahead
      errors[2] = errors[2] + math.abs(value - median) / ahead
      errors[3] = errors[3] + math.abs(value - last) / ahead
      errors[4] = errors[4] + ((value > 0 and 1 or 0) - prior) ^ 2 / ahead
    end
  end
  return errors
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = past_then_future:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return past_then_future:sub(1, first - 1) .. new .. past_then_future:sub(last + 1)
end

return drill {
  id = "baseline-errors",
  title = "What a model has to beat",
  category = "metrics",
  level = "easy",
  minutes = 20,
  covers = { "S11-C06", "S12-C06", "S01-C06", "S11-P2" },
  signature = "baseline_errors(rows: (int, float)[], split: int) -> (float, float, float, float)?",

  statement = [==[
A team forecasts how many comments a post will get. Before anybody trains a model, four baselines
are measured, to know what a model has to beat. A row is `(time, value)`: when the post was written,
and how many comments it got. The rows before the time `split` are the past, from which everything
has to be learned; all others are the future, on which the errors are measured.

From the past, and from nothing else, take

- the mean of its values;
- their median;
- the last value: that of the past row with the largest time;
- the prior: the share of past rows with a value above 0.

Return four numbers, in this order. The first three are the mean of `|value - prediction|` over the
future rows when each of them is predicted by the mean, by the median, by the last value. The fourth
is the mean of `(y - prior)²` over the future rows, with `y` = 1 for a value above 0 and 0
otherwise.

**Conventions**

- A row belongs to the past if `time < split`. A row at the very time `split` belongs to the future.
- The rows come in no order. Several may have the same time: of past rows that share the largest
  time, the one that comes last in the list has the last value.
- With an even number of past rows the median is the mean of the two in the middle.
- All predictions are made at the time of the split and stay the same for all future rows.
- If there is no past row, or no future row, there are no errors: return nothing (`nil`, `None`).
- Values are finite, not negative, at most 10^6, and not always whole numbers. Times and `split` lie
  between -10^12 and 10^12.
- Do not change the input. Answers are compared with a tolerance of 10^-9 (relative above 1).

**Cost.** With `n` rows, time must grow no faster than `n log n`. Space may grow like `n`.
]==],

  examples = {
    {
      args = { { { 1, 4 }, { 2, 0 }, { 3, 2 }, { 4, 10 }, { 5, 2 } }, 4 },
      result = { 4, 4, 4, 1 / 9 },
      note = "The past has the values 4, 0, 2: mean 2, median 2, last value 2, prior 2/3. The "
        .. "future has 10 and 2, so each of the first three errors is (8 + 0)/2.",
    },
    {
      args = { { { 30, 6 }, { 20, 1 }, { 5, 0 }, { 10, 9 }, { 0, 2 } }, 25 },
      result = { 3, 4.5, 5, 1 / 16 },
      note = "The past is 1, 0, 9, 2: mean 3, median 1.5. Its latest row is the one at time 20 "
        .. "with a 1. Three of four are above 0. The future is a single 6.",
    },
    {
      args = { { { 7, 3 }, { 9, 1 } }, 7 },
      result = nil,
      note = "The row at time 7 belongs to the future, so there is no past.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 1500, 3000, 6000, 12000 },
    input = function(n, rand) return { falling_rows(n, rand), n - n // 8 } end,
  },

  cases = function(rand, case)
    case { name = "one row each", args = { { { 1, 5 }, { 3, 5 } }, 2 } }
    case { name = "no rows", args = { {}, 5 } }
    case { name = "no past", catches = "an error without a past",
           args = { { { 6, 2 }, { 8, 0 } }, 5 } }
    case { name = "no future", args = { { { 1, 2 }, { 3, 0 } }, 5 } }
    case {
      name = "a row at the split",
      catches = "the split belongs to the past",
      args = { { { 1, 4 }, { 2, 4 }, { 3, 4 } }, 3 },
    }
    case {
      name = "the level has moved",
      catches = "looks beyond the split",
      args = { { { 1, 3 }, { 2, 3 }, { 3, 3 }, { 5, 4 } }, 4 },
    }
    case {
      name = "one post that went viral",
      catches = "squares all errors",
      args = { { { 1, 2 }, { 2, 2 }, { 3, 2 }, { 5, 900 } }, 4 },
    }
    case {
      name = "the rate has moved",
      catches = "the prior of all rows",
      args = { { { 1, 0 }, { 2, 3 }, { 3, 3 }, { 5, 0 } }, 4 },
    }
    case {
      name = "a trend",
      catches = "the value just before each row",
      args = { { { 1, 2 }, { 2, 3 }, { 3, 4 }, { 4, 5 }, { 5, 6 }, { 6, 7 } }, 4 },
    }
    case {
      name = "the future stands first",
      catches = "splits by place",
      args = { { { 12, 3 }, { 4, 1 }, { 5, 5 }, { 6, 7 } }, 10 },
    }
    case {
      name = "not in the order of time",
      catches = "the last in the list",
      args = { { { 1, 2 }, { 3, 5 }, { 2, 8 }, { 5, 6 } }, 4 },
    }
    case {
      name = "two past rows with the largest time",
      catches = "the first of equal times",
      args = { { { 2, 1 }, { 3, 5 }, { 3, 9 }, { 4, 4 } }, 4 },
    }
    case {
      name = "an even number of past rows",
      catches = "the upper of the two in the middle",
      args = { { { 1, 1 }, { 2, 2 }, { 3, 6 }, { 4, 10 }, { 5, 3 } }, 5 },
    }
    case {
      name = "a median out of order",
      catches = "the middle of the unsorted",
      args = { { { 1, 9 }, { 2, 50 }, { 3, 1 }, { 4, 7 }, { 5, 8 }, { 6, 4 } }, 6 },
    }
    case { name = "nobody ever comments", args = { { { 1, 0 }, { 2, 0 }, { 3, 0 } }, 3 } }
    case { name = "fractions above zero", args = { { { 1, 0.25 }, { 2, 0 }, { 3, 0.5 } }, 3 } }
    case { name = "times before zero",
           args = { { { -5, 3 }, { -1000000000000, 8 }, { -2, 4 }, { 0, 6 } }, -2 } }
    case { name = "all past rows at one time", catches = "the largest value of the latest time",
           args = { { { 1, 4 }, { 9, 2 }, { 1, 6 }, { 1, 5 } }, 2 } }
    for i = 1, 5 do
      case { name = "random " .. i,
             args = { random_rows(rand(4, 80), i < 3 and 10 or 1000, rand(2, 6), rand),
                      i < 3 and rand(3, 8) or rand(300, 800) } }
    end
    case { name = "1500 posts", args = { random_rows(1500, 100000, 4, rand), 70000 } }
    case { name = "1000 posts in falling order", args = { falling_rows(1000, rand), 800 } }
  end,

  compare = { tolerance = 1e-9 },
  pitfalls = {
    ["the largest value of the latest time"] = "Pairs sorted as pairs are ordered by value where times are "
      .. "equal. The last value is that of the row that comes last in the list.",
  },

  -- The rows are put into the order of time (and of the list), the median is the value with as many
  -- below as above, and each error is measured by itself.
  oracle = function(args)
    local rows, split = args[1], args[2]
    local order = {}
    for i = 1, #rows do order[i] = i end
    table.sort(order, function(a, b)
      if rows[a][1] ~= rows[b][1] then return rows[a][1] < rows[b][1] end
      return a < b
    end)
    local before, after = {}, {}
    for _, i in ipairs(order) do
      table.insert(rows[i][1] < split and before or after, rows[i][2])
    end
    if #before == 0 or #after == 0 then return nil end
    -- The k-th smallest: fewer than k are below it, and at least k are not above it.
    local function smallest(k)
      for _, candidate in ipairs(before) do
        local below, upto = 0, 0
        for _, value in ipairs(before) do
          if value < candidate then below = below + 1 end
          if value <= candidate then upto = upto + 1 end
        end
        if below < k and k <= upto then return candidate end
      end
    end
    local half = #before // 2
    local median = #before % 2 == 1 and smallest(half + 1)
      or (smallest(half) + smallest(half + 1)) / 2
    local function average(list, f)
      local total = 0
      for _, value in ipairs(list) do total = total + f(value) end
      return total / #list
    end
    local function above(value) return value > 0 and 1 or 0 end
    local mean = average(before, function(value) return value end)
    local prior = average(before, above)
    return {
      average(after, function(value) return math.max(value - mean, mean - value) end),
      average(after, function(value) return math.max(value - median, median - value) end),
      average(after, function(value) return math.abs(value - before[#before]) end),
      average(after, function(value) return (above(value) - prior) * (above(value) - prior) end),
    }
  end,

  reference = {
    lua = past_then_future,
    python = [==[
from statistics import fmean, median


# Everything is learned from the past; the future is only measured.
def baseline_errors(rows, split):
    past = [row for row in rows if row[0] < split]
    future = [value for time, value in rows if time >= split]
    if not past or not future:
        return None
    values = [value for _, value in past]
    # max() keeps the first of several, so the list is read from its end.
    last = max(reversed(past), key=lambda row: row[0])[1]
    prior = fmean(value > 0 for value in values)

    def error(prediction):
        return fmean(abs(value - prediction) for value in future)

    brier = fmean(((value > 0) - prior) ** 2 for value in future)
    return error(fmean(values)), error(median(values)), error(last), brier
]==],
    cpp = [==[
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <tuple>
#include <vector>

// One pass over the past for what the baselines predict, one over the future for their errors.
std::optional<std::tuple<double, double, double, double>> baseline_errors(
    const std::vector<std::tuple<long long, double>>& rows, long long split) {
  std::vector<double> past;
  double sum = 0, nonzero = 0, last = 0;
  long long latest = 0;
  for (const auto& [time, value] : rows) {
    if (time >= split) continue;
    if (past.empty() || time >= latest) {
      latest = time;
      last = value;
    }
    past.push_back(value);
    sum += value;
    nonzero += value > 0;
  }
  const std::size_t n = past.size();
  if (n == 0 || n == rows.size()) return std::nullopt;
  std::sort(past.begin(), past.end());
  const double count = static_cast<double>(n), ahead = static_cast<double>(rows.size() - n);
  const double mean = sum / count, median = (past[(n - 1) / 2] + past[n / 2]) / 2;
  const double prior = nonzero / count;
  double by_mean = 0, by_median = 0, by_last = 0, brier = 0;
  for (const auto& [time, value] : rows) {
    if (time < split) continue;
    by_mean += std::abs(value - mean) / ahead;
    by_median += std::abs(value - median) / ahead;
    by_last += std::abs(value - last) / ahead;
    brier += std::pow((value > 0) - prior, 2) / ahead;
  }
  return std::tuple(by_mean, by_median, by_last, brier);
}
]==],
  },

  wrong = {
    {
      name = "an error without a past",
      language = "lua",
      verdict = "RTE",
      case = "no rows",
      why = "Without past rows there is no last value and the mean is 0/0. A cold start needs an "
        .. "answer of its own: here, none.",
      code = reference_with("  if n == 0 or ahead == 0 then return nil end\n", ""),
    },
    {
      name = "the split belongs to the past",
      language = "lua",
      verdict = "WA",
      case = "a row at the split",
      why = "The row at the time of the split is taken for the past. The forecast is made at that "
        .. "moment; what happens then is not known yet.",
      code = reference_with("if time < split then", "if time <= split then")
        :gsub("if time >= split then", "if time > split then"),
    },
    {
      name = "looks beyond the split",
      language = "lua",
      verdict = "WA",
      case = "the level has moved",
      why = "Mean and median are taken over all rows, those to be predicted included. The baseline "
        .. "gets better than any honest one, and a useful model seems to lose against it.",
      code = reference_with("      sum = sum + value\n", "")
        :gsub("  local mean, median = .-\n", [==[
  local all = {}
  for i, row in ipairs(rows) do
    all[i] = row[2]
    sum = sum + row[2]
  end
  table.sort(all)
  local mean, median = sum / #all, (all[(#all + 1) // 2] + all[#all // 2 + 1]) / 2
]==]),
    },
    {
      name = "the prior of all rows",
      language = "lua",
      verdict = "WA",
      case = "the rate has moved",
      why = "The base rate is counted over the whole table. Of all baselines this one leaks most "
        .. "often, since the rate of a label is looked up in a report made today.",
      code = reference_with("  local last, prior = latest[2], nonzero / n\n", [==[
  local positive = 0
  for _, row in ipairs(rows) do
    if row[2] > 0 then positive = positive + 1 end
  end
  local last, prior = latest[2], positive / #rows
]==]),
    },
    {
      name = "the value just before each row",
      language = "lua",
      verdict = "WA",
      case = "a trend",
      why = "Each future row is predicted by the row before it, which lies behind the split too. "
        .. "It is a fair baseline for a forecast one step ahead, and another question than this "
        .. "one.",
      code = reference_with([==[
  for _, row in ipairs(rows) do
    local time, value = row[1], row[2]
    if time >= split then]==], [==[
  local ordered = table.move(rows, 1, #rows, 1, {})
  table.sort(ordered, function(a, b) return a[1] < b[1] end)
  for place, row in ipairs(ordered) do
    local time, value = row[1], row[2]
    if time >= split then
      if ordered[place - 1][1] >= split then last = ordered[place - 1][2] end]==]),
    },
    {
      name = "the last in the list",
      language = "lua",
      verdict = "WA",
      case = "not in the order of time",
      why = "The last past row of the list is taken for the latest. Logs are merged from many "
        .. "machines and come in no order; time is a column.",
      code = reference_with("if not latest or time >= latest[1] then latest = row end",
                            "latest = row"),
    },
    {
      name = "splits by place",
      language = "lua",
      verdict = "WA",
      case = "the future stands first",
      why = "The list is cut at the place where as many rows lie before it as the past has. Unless "
        .. "the list is sorted by time, rows of the future get into the past.",
      code = reference_with("  local past, sum, nonzero, latest = {}, 0.0, 0, nil\n", [==[
  local past, sum, nonzero, latest = {}, 0.0, 0, nil
  local before, renumbered = 0, {}
  for _, row in ipairs(rows) do
    if row[1] < split then before = before + 1 end
  end
  for i, row in ipairs(rows) do renumbered[i] = { i, row[2] } end
  rows, split = renumbered, before + 1
]==]),
    },
    {
      name = "the first of equal times",
      language = "lua",
      verdict = "WA",
      case = "two past rows with the largest time",
      why = "With > the first of several latest rows stays. The list's order decides among them, "
        .. "and the later row counts.",
      code = reference_with("time >= latest[1] then", "time > latest[1] then"),
    },
    {
      name = "the upper of the two in the middle",
      language = "lua",
      verdict = "WA",
      case = "an even number of past rows",
      why = "With an even number of values there are two in the middle, and the median is their "
        .. "mean.",
      code = reference_with("(past[(n + 1) // 2] + past[n // 2 + 1]) / 2", "past[n // 2 + 1]"),
    },
    {
      name = "the middle of the unsorted",
      language = "lua",
      verdict = "WA",
      case = "a median out of order",
      why = "The value in the middle of the list is no median before the list is sorted by value.",
      code = reference_with("  table.sort(past)\n", ""),
    },
    {
      name = "squares all errors",
      language = "lua",
      verdict = "WA",
      case = "one post that went viral",
      why = "The first three errors are absolute. Squared, one post that went viral decides alone, "
        .. "and the mean beats the median where it should lose.",
      code = reference_with("errors[1] + math.abs(value - mean) / ahead",
                            "errors[1] + (value - mean) ^ 2 / ahead"),
    },
    {
      name = "sorts by insertion",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each value is put into its place among those before it, which moves half of them: "
        .. "quadratic. Sort once, or select the middle.",
      code = reference_with("      past[#past + 1] = value\n", [==[
      local place = #past + 1
      while place > 1 and past[place - 1] > value do
        past[place] = past[place - 1]
        place = place - 1
      end
      past[place] = value
]==]),
    },
  },

  hints = {
    { text = "Make two lists first, past and future. Which of them may each of the four "
        .. "predictions look at?", cost_min = 1 },
    { text = "Mean, median and prior do not depend on the order of the past; the last value does, "
        .. "and the list's order is not that of time. How do equal times come out right?",
      cost_min = 2 },
    { text = "One pass: if time < split, collect the value, add it up, count it if above 0, and "
        .. "keep the row if its time is at least the largest so far. Sort for the median. Then a "
        .. "pass over the future for the four errors.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "Which of mean and median should win on the absolute error?",
      answer = "The median of a distribution has the smallest expected absolute error, the mean "
        .. "the smallest squared one. On comments, with many zeros and a long tail, they are far "
        .. "apart. Compare a model with the baseline that is best for your metric." },
    { ask = "When is the last value a strong baseline?",
      answer = "When the level wanders and there is no return to a mean, as with prices or daily "
        .. "users. With a weekly rhythm take the value of the same day last week. A model that "
        .. "does not beat it has learned the calendar." },
    { ask = "The team split the rows at random instead. What happens?",
      answer = "Posts of the same day are in both parts, and their common ups and downs leak. All "
        .. "errors look better than they will be, those of flexible models most, and the ranking "
        .. "between models can change." },
    { ask = "How do you say how much better than a baseline a model is?",
      answer = "By the ratio of the errors, 1 - model/baseline, on the same future rows, with an "
        .. "interval from a bootstrap over days or users. A skill of 0 is the baseline; report it "
        .. "per slice as well." },
    { ask = "Can you find the median in linear time?",
      answer = "Quickselect does on average, with a random pivot; nth_element in C++. Here sorting "
        .. "is fast enough, and the error pass is linear anyway." },
    { ask = "Comments on recent posts have not all come in yet. Does that matter?",
      answer = "Yes: the past near the split is counted too low, the last value most of all. Use "
        .. "only posts that were old enough at the time of the split, and count what each had "
        .. "after the same number of days." },
  },

  explain = [==[
**Idea.** Two passes with a wall between them. The first reads rows before the split only and makes
four numbers; the second reads the others only and measures.

**Invariant of the first pass.** After some rows, `latest` is the past row with the largest time
among them, and of several such the one that stands last. Replacing on `>=` keeps it so.

**Why nothing leaks.** The predictions are functions of the past rows alone. A test for it: change
all future values, and the predictions must stay; only the errors may move.

**The median.** With the `n` values sorted and counted from 1, the middle ones are at `(n + 1) // 2`
and `n // 2 + 1`. For an odd `n` both are the same place, so one formula serves for both.

**Cost.** O(n log n) for the sort, else linear.

**Usual mistakes**

- *Looking ahead*, in any of the four: a mean over the whole column, a rate from a report, a "last
  value" that moves along with the future rows.
- *Time by place.* Sorting by time, or not relying on order at all, are both fine; hoping is not.
- *The split itself.* Write `time < split` once, and its negation for the future.
- *The error that goes with the question.* Absolute for the median, squared for the mean, and the
  squared distance of a probability for an event.
- *No past.* New communities have none. Decide what is shown.
]==],
}
