// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/index_lifecycle.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/base/ranges.hpp"

namespace rehearse::retrieval {
namespace {

constexpr double kHoursADay = 24;
constexpr double kLeastRefreshHours = 0.1;
constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr std::size_t kQueriesPerReport = 64;

Result<void> check_policy(const LifecyclePolicy& p) {
  if (auto fine = check_ranges({{"every_days", p.every_days, 0.01, 1e5},
                                {"refresh_hours", p.refresh_hours, 0, 1e5},
                                {"documents_per_hour", p.documents_per_hour, 1e-3, 1e12},
                                {"fanout", p.fanout, 2, 1000},
                                {"shards", p.shards, 1, 1000},
                                {"k", p.k, 1, 1000},
                                {"fresh_days", p.fresh_days, 1e-6, 1e6}});
      !fine)
    return fine;
  if (p.refresh_hours > 0 && p.refresh_hours < kLeastRefreshHours)
    return fail(Code::invalid_argument,
                "refresh_hours is {:g}; it is 0 (no hot index) or at least {:g}", p.refresh_hours,
                kLeastRefreshHours);
  if (p.upkeep == Upkeep::tiered && p.refresh_hours == 0)
    return fail(Code::invalid_argument,
                "tiered merges live on the segments of the hot index; give refresh_hours above 0");
  return {};
}

// The plan at work: brought to a moment, then searched.
class Upkept {
 public:
  Upkept(const DatedCorpus& corpus, const LifecyclePolicy& policy, SegmentedIndex index, double now)
      : documents_(corpus.documents),
        policy_(policy),
        index_(std::move(index)),
        by_end_(in_order_of_end(documents_)),
        seen_(now),
        last_refresh_(now),
        next_cycle_(now + policy.every_days) {
    if (policy.refresh_hours > 0) next_refresh_ = now + policy.refresh_hours / kHoursADay;
  }

  // All that stands now is indexed; for shards, by the window that it was written in.
  Result<void> begin() {
    if (policy_.upkeep != Upkeep::rotate) return append(index_, standing(-kNever, seen_));
    for (std::size_t s = policy_.shards - 1; s >= 1; --s) {
      const double newest = seen_ - static_cast<double>(s - 1) * policy_.every_days;
      if (auto made = append(index_, standing(newest - policy_.every_days, newest)); !made)
        return made;
    }
    return {};
  }

  // Everything that is due at or before `now`.
  Result<void> advance(double now) {
    while (true) {
      const double ready = build_ ? build_->ready : kNever;
      const double next = std::min({ready, next_cycle_, next_refresh_});
      if (next > now) return {};
      Result<void> done;
      if (next == ready)
        done = switch_over();
      else if (next == next_cycle_)
        done = cycle();
      else
        done = refresh();
      if (!done) return done;
      most_bytes_ = std::max(most_bytes_, bytes());
    }
  }

  const SegmentedIndex& index() const { return index_; }
  double seen_until() const { return seen_; }
  std::size_t bytes() const { return index_.bytes() + (build_ ? build_->index.bytes() : 0); }
  std::size_t take_most_bytes() {
    const std::size_t most = std::max(most_bytes_, bytes());
    most_bytes_ = 0;
    return most;
  }

 private:
  struct Build {
    SegmentedIndex index;
    double began = 0, ready = 0;
  };

  struct Batch {
    std::vector<DocumentId> numbers;
    std::vector<std::string> texts;
  };

  // Documents that began in (after, now] and stand at the end of it, or, of a window that is past,
  // now that the index begins.
  Batch standing(double after, double now) const {
    const auto begun = [](const DatedDocument& document, double moment) {
      return document.from <= moment;
    };
    const auto begin = std::lower_bound(documents_.begin(), documents_.end(), after, begun);
    const auto end = std::lower_bound(begin, documents_.end(), now, begun);
    Batch batch;
    for (auto document = begin; document != end; ++document)
      if (document->stands(std::max(now, seen_))) {
        batch.numbers.push_back(static_cast<DocumentId>(document - documents_.begin()));
        batch.texts.push_back(document->text);
      }
    return batch;
  }
  static Result<void> append(SegmentedIndex& into, const Batch& batch) {
    return into.append(batch.numbers, batch.texts);
  }

  void bury(double until) {
    for (; buried_ < by_end_.size() && documents_[by_end_[buried_]].until <= until; ++buried_)
      index_.erase(by_end_[buried_]);
  }

  // What came and went since the index was last brought up to date. New documents go to the
  // segment that is open, or open one.
  Result<void> catch_up(double now) {
    const Batch batch = standing(seen_, now);
    const bool grows = open_ && policy_.upkeep != Upkeep::tiered;
    if (auto added = grows ? index_.extend(batch.numbers, batch.texts) : append(index_, batch);
        !added)
      return added;
    open_ = open_ || !batch.numbers.empty();
    bury(now);
    seen_ = now;
    return {};
  }

  Result<void> refresh() {
    const double now = next_refresh_;
    next_refresh_ += policy_.refresh_hours / kHoursADay;
    last_refresh_ = now;
    if (auto done = catch_up(now); !done) return done;
    if (policy_.upkeep == Upkeep::tiered) merge_tiers();
    return {};
  }

  // The size class of a segment: how often the fanout goes into its documents.
  int tier(std::size_t segment) const {
    const auto documents =
        static_cast<double>(std::max<std::size_t>(1, index_.documents_of(segment)));
    return static_cast<int>(std::log(documents) / std::log(static_cast<double>(policy_.fanout)) +
                            1e-9);
  }

  void merge_tiers() {
    while (index_.segments() > 0) {
      const std::size_t last = index_.segments() - 1;
      std::size_t first = last;
      while (first > 0 && tier(first - 1) <= tier(last)) --first;
      const std::size_t run = last - first + 1;
      if (run < policy_.fanout) return;
      index_.merge(first, run);
    }
  }

  Result<void> cycle() {
    const double now = next_cycle_;
    next_cycle_ += policy_.every_days;
    switch (policy_.upkeep) {
      case Upkeep::rebuild: return begin_build(now);
      case Upkeep::merge:
        if (auto done = catch_up(now); !done) return done;
        index_.merge(0, index_.segments());
        break;
      case Upkeep::rotate:
        if (auto done = catch_up(now); !done) return done;
        drop_old_shards(now);
        break;
      case Upkeep::tiered: return {};
    }
    open_ = false;
    return {};
  }

  void drop_old_shards(double now) {
    const double oldest = now - static_cast<double>(policy_.shards - 1) * policy_.every_days;
    while (index_.segments() > 0 && documents_[index_.numbers_of(0).back()].from <= oldest)
      index_.drop(0);
  }

  Result<void> begin_build(double now) {
    auto next = SegmentedIndex::with(policy_.index);
    if (!next) return fail(next.error());
    if (auto made = append(*next, standing(-kNever, now)); !made) return made;
    const double hours = static_cast<double>(next->documents()) / policy_.documents_per_hour;
    if (!policy_.shadow && index_.segments() > 0)
      for (std::size_t s = index_.segments() - (open_ ? 1 : 0); s > 0; --s) index_.drop(0);
    // One that is not whole yet when the next is due is given up.
    if (build_) index_.count_work_of(build_->index.work());
    build_ = Build{std::move(*next), now, now + hours / kHoursADay};
    return {};
  }

  // The new index serves. What came and went since its build began, as far as the hot index had
  // it, is done to it as well.
  Result<void> switch_over() {
    SegmentedIndex next = std::move(build_->index);
    const double began = build_->began;
    build_.reset();
    next.count_work_of(index_.work());
    index_ = std::move(next);
    open_ = false;
    const double shown = policy_.refresh_hours > 0 ? std::max(began, last_refresh_) : began;
    buried_ = 0;
    bury(began);
    seen_ = began;
    return shown == began ? Result<void>() : catch_up(shown);
  }

  const std::vector<DatedDocument>& documents_;
  const LifecyclePolicy& policy_;
  SegmentedIndex index_;
  std::vector<DocumentId> by_end_;
  std::size_t buried_ = 0;
  double seen_, last_refresh_, next_cycle_, next_refresh_ = kNever;
  bool open_ = false;  // the last segment is the hot one
  std::optional<Build> build_;
  std::size_t most_bytes_ = 0;
};

// Sums of a day, then its means.
class DaySums {
 public:
  DaySums(int day, const LifecyclePolicy& policy) : policy_(policy) { row_.day = day; }

  void add(const DatedCorpus& corpus, const DatedQuery& query, const std::vector<Hit>& hits,
           const SegmentSearchWork& work, double lag_days, bool available) {
    ++row_.queries;
    const auto all = found_among(hits, query, policy_.k, [](DocumentId) { return true; });
    const auto fresh = found_among(hits, query, policy_.k, [&](DocumentId d) {
      return query.time - corpus.documents[d].from < policy_.fresh_days;
    });
    if (all.due > 0) ++row_.answerable, row_.recall += all.recall();
    if (fresh.due > 0) ++row_.with_fresh, row_.fresh_recall += fresh.recall();
    for (const Hit& hit : hits) gone_ += !corpus.documents[hit.document].stands(query.time);
    hits_ += static_cast<double>(hits.size());
    row_.lag_hours += lag_days * kHoursADay;
    row_.unavailable_share += available ? 0 : 1;
    row_.postings += static_cast<double>(work.postings);
    row_.segments += static_cast<double>(work.segments);
  }

  LifecycleDay close(Upkept& upkept, const IndexWork& before) const {
    LifecycleDay row = row_;
    const auto queries = static_cast<double>(row.queries);
    row.recall /= static_cast<double>(row.answerable);
    row.fresh_recall /= static_cast<double>(row.with_fresh);
    row.gone_share = gone_ / hits_;
    for (double* sum : {&row.lag_hours, &row.unavailable_share, &row.postings, &row.segments})
      *sum /= queries;
    const SegmentedIndex& index = upkept.index();
    const auto dead = static_cast<double>(index.dead());
    row.dead_share = dead / (dead + static_cast<double>(index.documents()));
    row.most_bytes = upkept.take_most_bytes();
    row.indexed = index.work().indexed - before.indexed;
    row.merged = index.work().merged - before.merged;
    row.merged_bytes = index.work().merged_bytes - before.merged_bytes;
    return row;
  }

 private:
  const LifecyclePolicy& policy_;
  LifecycleDay row_;
  double gone_ = 0, hits_ = 0;
};

}  // namespace

Result<std::vector<LifecycleDay>> replay_lifecycle(const DatedCorpus& corpus,
                                                   const LifecyclePolicy& policy,
                                                   const Progress& progress) {
  if (auto fine = check_policy(policy); !fine) return fail(fine.error());
  if (auto fine = check_dated(corpus); !fine) return fail(fine.error());
  auto index = SegmentedIndex::with(policy.index);
  if (!index) return fail(index.error());
  const double first = std::floor(corpus.queries.front().time);
  Upkept upkept(corpus, policy, std::move(*index), first);
  if (auto begun = upkept.begin(); !begun) return fail(begun.error());
  std::vector<LifecycleDay> days;
  std::size_t q = 0;
  for (double day = first; day <= corpus.queries.back().time; ++day) {
    const IndexWork before = upkept.index().work();
    DaySums sums(static_cast<int>(day), policy);
    for (; q < corpus.queries.size() && corpus.queries[q].time < day + 1; ++q) {
      const DatedQuery& query = corpus.queries[q];
      if (q % kQueriesPerReport == 0 &&
          !progress.report(static_cast<double>(q) / static_cast<double>(corpus.queries.size())))
        return cancelled();
      if (auto brought = upkept.advance(query.time); !brought) return fail(brought.error());
      SegmentSearchWork work;
      auto hits = upkept.index().search(query.text, policy.k, &work);
      if (!hits) return fail(hits.error());
      sums.add(corpus, query, *hits, work, query.time - upkept.seen_until(),
               upkept.index().segments() > 0);
    }
    const double end = std::nextafter(day + 1, day);
    if (auto brought = upkept.advance(end); !brought) return fail(brought.error());
    days.push_back(sums.close(upkept, before));
  }
  return days;
}

}  // namespace rehearse::retrieval
