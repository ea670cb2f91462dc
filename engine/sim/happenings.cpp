// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/happenings.hpp"

#include <cmath>

namespace rehearse::sim {

struct Happenings::Moment {
  Columns& columns;
  std::size_t row;
  const Engagement& engagement;
  double engaged_probability = 0;
  bool clicked = false, engaged = false;
};

Happenings::Happenings(const SiteOptions& options)
    : o_(options), engaged_(stream_key(options.seed, "outcome.engaged")) {
  constexpr std::array<const char*, kOutcomes> processes = {
      "outcome.dwell", "outcome.vote", "outcome.comments", "outcome.subscribe", "outcome.report"};
  for (std::size_t i = 0; i < kOutcomes; ++i) keys_[i] = stream_key(o_.seed, processes[i]);
}

void Happenings::draw(Columns& c, std::size_t row, const Engagement& e) const {
  Moment moment{c, row, e};
  moment.clicked = c.click[row] != 0, moment.engaged_probability = e.engaged();
  Stream stream(engaged_, o_.replicate, static_cast<std::uint64_t>(c.impression_id[row]));
  moment.engaged = moment.clicked || stream.uniform() < e.engaged_given(false);
  dwell(moment);
  comments(moment);
  coin(moment, Outcome::vote, vote_given_engaged(e), c.vote, c.vote_probability);
  coin(moment, Outcome::subscribe, subscribe_given_engaged(e), c.subscribe,
       c.subscribe_probability);
  coin(moment, Outcome::report, report_given_engaged(e), c.report, c.report_probability);
}

void Happenings::dwell(Moment& m) const {
  if (!o_.outcomes[Outcome::dwell_seconds]) return;
  m.columns.dwell_positive[m.row] = m.engaged_probability;
  m.columns.dwell_expected[m.row] = dwell_expected(m.engagement);
  if (!m.engaged) return;
  Stream stream(keys_[static_cast<std::size_t>(Outcome::dwell_seconds)], o_.replicate,
                static_cast<std::uint64_t>(m.columns.impression_id[m.row]));
  m.columns.dwell[m.row] = static_cast<float>(dwell_median(m.engagement.taste, m.clicked) *
                                              std::exp(kDwellSigma * stream.normal()));
}

void Happenings::comments(Moment& m) const {
  if (!o_.outcomes[Outcome::comments]) return;
  const double mean = comments_given_engaged(m.engagement);
  m.columns.comments_expected[m.row] = m.engaged_probability * mean;
  if (!m.engaged) return;
  Stream stream(keys_[static_cast<std::size_t>(Outcome::comments)], o_.replicate,
                static_cast<std::uint64_t>(m.columns.impression_id[m.row]));
  m.columns.comments[m.row] = draw_comments(stream, mean);
}

void Happenings::coin(Moment& m, Outcome outcome, double given_engaged,
                      std::vector<std::uint8_t>& happened, std::vector<double>& probability) const {
  if (!o_.outcomes[outcome]) return;
  probability[m.row] = m.engaged_probability * given_engaged;
  Stream stream(keys_[static_cast<std::size_t>(outcome)], o_.replicate,
                static_cast<std::uint64_t>(m.columns.impression_id[m.row]));
  happened[m.row] = m.engaged && stream.uniform() < given_engaged;
}

}  // namespace rehearse::sim
