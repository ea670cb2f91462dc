// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/results_view.hpp"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QTableWidget>
#include <QVBoxLayout>
#include <cmath>

#include "app/gui/measure_bar.hpp"
#include "app/gui/mono_text.hpp"
#include "app/gui/style.hpp"
#include "app/plots/figure_view.hpp"
#include "app/plots/plain_table.hpp"
#include "app/present/qt_text.hpp"
#include "engine/base/view_data.hpp"

namespace rehearse::gui {

using present::qs;
namespace {

constexpr int kLeastCase = 72;

QString verdictTitle(const judge::SubmissionReport& report) {
  const QString words = judge::verdict_words(report.verdict);
  return words.left(1).toUpper() + words.mid(1);
}

QWidget* column(const QString& title, const std::string& text, QWidget* parent) {
  auto* box = new QWidget(parent);
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(2);
  layout->addWidget(selectableLabel(title, "label", box));
  layout->addWidget(new MonoText(text.empty() ? QStringLiteral("–") : qs(text), title, box));
  layout->addStretch(1);
  return box;
}

// Makes `box` the card of a verdict.
QVBoxLayout* card(QWidget* box, bool good) {
  box->setObjectName(good ? "verdictOk" : "verdictBad");
  box->setAttribute(Qt::WA_StyledBackground);
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(16, 12, 16, 12);
  layout->setSpacing(4);
  return layout;
}

double claimedCost(const std::string& claim, double n) {
  const double log = std::log2(std::max(2.0, n));
  if (claim == "log n") return log;
  if (claim == "n") return n;
  if (claim == "n log n") return n * log;
  if (claim == "n^2") return n * n;
  return 1;
}

}  // namespace

Figure growthFigure(const judge::GrowthFit& fit, bool memory) {
  std::vector<std::string> series, style;
  std::vector<double> x, y;
  for (std::size_t i = 0; i < fit.costs.size(); ++i) {
    series.push_back("yours"), style.push_back(view_data::kSeries);
    x.push_back(static_cast<double>(fit.sizes[i])), y.push_back(fit.costs[i]);
  }
  // The claimed class through the first measured point.
  const double scale =
      fit.costs.empty()
          ? 1
          : fit.costs[0] / claimedCost(fit.claimed, static_cast<double>(fit.sizes[0]));
  for (std::size_t i = 0; i < fit.costs.size(); ++i) {
    series.push_back("asked for: " + fit.claimed), style.push_back(view_data::kTruth);
    x.push_back(static_cast<double>(fit.sizes[i])),
        y.push_back(scale * claimedCost(fit.claimed, static_cast<double>(fit.sizes[i])));
  }
  Frame::Builder builder;
  builder.add("series", series).add("style", style).add("x", std::move(x)).add("y", std::move(y));
  Figure figure{"line",
                memory ? "Memory by size" : "Work by size",
                "n",
                fit.unit,
                fit.sentence,
                Json::object(),
                {}};
  figure.options["y_from_zero"] = true;
  if (auto frame = std::move(builder).build()) figure.data = std::move(*frame);
  return figure;
}

ResultsView::ResultsView(QWidget* parent) : QWidget(parent), m_scroll(new QScrollArea(this)) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  m_scroll->setFrameShape(QFrame::NoFrame);
  m_scroll->setWidgetResizable(true);
  layout->addWidget(m_scroll);
  setAccessibleName(tr("Results"));
  m_scroll->setAccessibleName(tr("Results"));
}

void ResultsView::setTheme(const plots::Theme& theme) {
  m_theme = &theme;
  rebuild();
}

void ResultsView::clear(const QString& sentence) { say(true, {}, sentence); }

void ResultsView::say(bool good, const QString& headline, const QString& details) {
  m_report.reset();
  m_good = good;
  m_headline = headline;
  m_sentence = details;
  rebuild();
}

QWidget* ResultsView::saying() {
  if (m_headline.isEmpty()) return selectableLabel(m_sentence, "muted", nullptr);
  auto* box = new QWidget;
  QVBoxLayout* layout = card(box, m_good);
  layout->addWidget(selectableLabel(m_headline, m_good ? "ok" : "bad", box));
  layout->addWidget(m_good ? static_cast<QWidget*>(selectableLabel(m_sentence, "", box))
                           : new MonoText(m_sentence, m_headline, box));
  return box;
}

void ResultsView::show(const judge::SubmissionReport& report, const judge::Drill& drill, Kind kind,
                       const QString& note) {
  m_report = report;
  m_drill = drill;
  m_kind = kind;
  m_note = note;
  rebuild();
}

void ResultsView::rebuild() {
  auto* body = new QWidget;
  body->setObjectName("surface");
  body->setAttribute(Qt::WA_StyledBackground);
  auto* row = new QHBoxLayout(body);
  row->setContentsMargins(24, 16, 24, 16);
  row->setSpacing(24);
  auto* left = new QVBoxLayout;
  left->setSpacing(12);
  if (!m_report) {
    left->addWidget(saying());
  } else {
    left->addWidget(banner(*m_report, *m_drill));
    if (m_report->first_failure) left->addWidget(failure(*m_report->first_failure));
    const bool one = m_kind == Kind::ownInput || m_kind == Kind::stress;
    const bool ran = m_report->verdict != judge::Verdict::compile_error;
    if (!one && ran && !m_report->cases.empty()) left->addWidget(cases(*m_report));
  }
  left->addStretch(1);
  row->addLayout(left, 3);
  if (m_report && m_theme && (m_report->time_growth || m_report->memory_growth))
    row->addWidget(growth(*m_report), 2);
  m_scroll->setWidget(body);
}

QString ResultsView::headline(const judge::SubmissionReport& report) const {
  if (report.verdict == judge::Verdict::compile_error) return verdictTitle(report);
  if (m_kind == Kind::ownInput)
    return tr("%1 · your own input").arg(report.accepted() ? tr("Right") : verdictTitle(report));
  if (m_kind == Kind::stress) return tr("%1 · found by stress").arg(verdictTitle(report));
  const QString counts = m_kind == Kind::examples ? tr("%1 · %2 of %3 examples right")
                                                  : tr("%1 · %2 of %3 cases right");
  return counts.arg(verdictTitle(report)).arg(report.passed()).arg(report.cases.size());
}

QWidget* ResultsView::banner(const judge::SubmissionReport& report, const judge::Drill& drill) {
  auto* box = new QWidget;
  QVBoxLayout* layout = card(box, report.accepted());
  layout->addWidget(selectableLabel(headline(report), report.accepted() ? "ok" : "bad", box));
  if (report.verdict == judge::Verdict::compile_error)
    layout->addWidget(new MonoText(qs(report.message), tr("Compile error"), box));
  else if (!report.message.empty())
    layout->addWidget(selectableLabel(qs(report.message), "", box));
  if (!m_note.isEmpty()) layout->addWidget(selectableLabel(m_note, "muted", box));
  if (!report.pitfall.empty()) {
    const std::string why = drill.pitfall_sentence(report.pitfall);
    layout->addWidget(
        selectableLabel(tr("Pitfall: %1. %2").arg(qs(report.pitfall), qs(why)), "muted", box));
  }
  if (report.accepted() && m_kind == Kind::examples)
    layout->addWidget(selectableLabel(
        tr("The examples hold. Submit runs every case and measures growth."), "muted", box));
  if (report.accepted() && m_kind == Kind::submission && !drill.follow_ups.empty())
    layout->addWidget(
        selectableLabel(tr("Asked next: %1").arg(qs(drill.follow_ups[0].ask)), "muted", box));
  box->setAccessibleName(verdictTitle(report) + ". " + qs(report.message));
  return box;
}

QString ResultsView::failureTitle(const judge::FirstFailure& failure) const {
  if (m_kind == Kind::ownInput) return tr("Your input");
  if (m_kind == Kind::stress)
    return failure.shrunk ? tr("The input, shrunk to a smaller one that fails the same way")
                          : tr("The input");
  return failure.shrunk ? tr("First failure: %1, shrunk to a smaller input that fails the same way")
                              .arg(qs(failure.case_name))
                        : tr("First failure: %1").arg(qs(failure.case_name));
}

QWidget* ResultsView::failure(const judge::FirstFailure& failure) {
  auto* box = new QWidget;
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(6);
  layout->addWidget(selectableLabel(failureTitle(failure), "chapter", box));
  auto* sides = new QHBoxLayout;
  sides->setSpacing(24);
  sides->addWidget(column(tr("input"), failure.input_text, box), 2);
  sides->addWidget(column(tr("expected"), failure.expected_text, box), 1);
  sides->addWidget(
      column(tr("got"), failure.got_text.empty() ? failure.message : failure.got_text, box), 1);
  layout->addLayout(sides);
  const bool told = m_kind == Kind::ownInput;  // the banner has said it
  if (!failure.message.empty() && !failure.got_text.empty() && !told)
    layout->addWidget(selectableLabel(qs(failure.message), "muted", box));
  const auto& cases = m_report->cases;
  if (told && !cases.empty() && !cases.front().output.empty())
    layout->addWidget(column(tr("printed"), cases.front().output, box));
  return box;
}

QWidget* ResultsView::cases(const judge::SubmissionReport& report) {
  auto* table = new QTableWidget(static_cast<int>(report.cases.size()), 4);
  table->setHorizontalHeaderLabels({tr("case"), tr("verdict"), tr("time"), tr("memory")});
  plots::makePlain(*table, 28);
  for (const int number : {2, 3})
    table->horizontalHeaderItem(number)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
  table->setAccessibleName(tr("Cases"));
  double mostTime = 0, mostMemory = 0;
  for (const judge::CaseReport& one : report.cases)
    if (one.run)
      mostTime = std::max(mostTime, one.time_ms), mostMemory = std::max(mostMemory, one.memory_kb);
  auto* bars = new MeasureBar(table, m_theme->series[0], m_theme->sunken);
  for (const int column : {2, 3}) table->setItemDelegateForColumn(column, bars);
  for (int i = 0; i < table->rowCount(); ++i) {
    const judge::CaseReport& one = report.cases[static_cast<std::size_t>(i)];
    const bool right = one.verdict == judge::Verdict::accepted && one.run;
    table->setItem(i, 0, new QTableWidgetItem(qs(one.name)));
    table->item(i, 0)->setToolTip(qs(one.name));
    auto* verdict = new QTableWidgetItem(!one.run ? tr("not run")
                                         : right  ? tr("right")
                                                  : QString(judge::verdict_words(one.verdict)));
    verdict->setForeground(!one.run ? m_theme->muted : right ? m_theme->ok : m_theme->bad);
    verdict->setToolTip(qs(one.message));
    table->setItem(i, 1, verdict);
    for (const auto& [place, text] : {std::pair{2, tr("%1 ms").arg(one.time_ms, 0, 'f', 1)},
                                      std::pair{3, tr("%1 KB").arg(one.memory_kb, 0, 'f', 0)}}) {
      auto* item = new QTableWidgetItem(one.run ? text : QString());
      item->setFont(plots::monoFont(plots::kControlPx));
      item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
      const double measured = place == 2 ? one.time_ms : one.memory_kb;
      const double most = place == 2 ? mostTime : mostMemory;
      if (one.run && most > 0) item->setData(MeasureBar::kShareRole, measured / most);
      table->setItem(i, place, item);
    }
    if (!one.output.empty())
      table->item(i, 0)->setToolTip(
          tr("%1\nprinted:\n%2").arg(qs(one.name), qs(one.output).left(2000)));
  }
  table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  for (const int column : {2, 3}) table->setColumnWidth(column, MeasureBar::kColumnWidth);
  table->horizontalHeader()->setMinimumSectionSize(kLeastCase);
  const int rows = std::min(table->rowCount(), 12);
  table->setMinimumHeight(34 + rows * 28);
  return table;
}

QWidget* ResultsView::growth(const judge::SubmissionReport& report) {
  auto* box = new QWidget;
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  const auto add = [&](const judge::GrowthFit& fit, bool memory) {
    auto* view = new plots::FigureView(box);
    view->setAttribute(Qt::WA_StyledBackground);
    view->setFigure(growthFigure(fit, memory), *m_theme);
    view->setMinimumHeight(280);
    layout->addWidget(view);
  };
  if (report.time_growth) add(*report.time_growth, false);
  if (report.memory_growth) add(*report.memory_growth, true);
  layout->addStretch(1);
  return box;
}

}  // namespace rehearse::gui
