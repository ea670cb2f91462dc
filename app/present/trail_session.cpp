// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/trail_session.hpp"

#include <QtConcurrent>

#include "engine/plan/trail.hpp"

namespace rehearse::present {

TrailSession::TrailSession(QObject* parent) : QObject(parent) {
  connect(&m_watcher, &QFutureWatcherBase::finished, this, &TrailSession::finished);
}

TrailSession::~TrailSession() { m_watcher.waitForFinished(); }

void TrailSession::setRun(const plan::Plan& plan, const plan::Run& run) {
  auto work = std::make_shared<Work>(Work{plan, run, {}, {}});
  for (const plan::Steppable& step : plan::steppable(plan)) {
    if (!run.outputs[static_cast<std::size_t>(step.node)]) continue;
    work->nodes.push_back(step.node);
    const QString name = QString::fromStdString(step.name), of = QString::fromStdString(step.step);
    work->names.append(name == of ? name : QString("%1 (%2)").arg(name, of));
  }
  const QString before =
      m_work && m_step < m_work->names.size() ? m_work->names[m_step] : QString();
  m_work = std::move(work);
  m_step = static_cast<int>(std::max<qsizetype>(0, m_work->names.indexOf(before)));
  chooseRow(m_row);
}

QStringList TrailSession::steps() const { return m_work ? m_work->names : QStringList(); }

const Frame* TrailSession::data() const {
  if (!m_work || m_work->nodes.empty()) return nullptr;
  return plan::trail_rows(m_work->plan, m_work->run,
                          m_work->nodes[static_cast<std::size_t>(m_step)]);
}

const Column* TrailSession::labels() const {
  if (!data()) return nullptr;
  return plan::trail_label(m_work->plan, m_work->run,
                           m_work->nodes[static_cast<std::size_t>(m_step)]);
}

qlonglong TrailSession::rows() const {
  const Frame* rows = data();
  return rows ? static_cast<qlonglong>(rows->rows()) : 0;
}

QString TrailSession::label() const {
  const Column* column = labels();
  return column ? QString::fromStdString(column->name()) : QString();
}

void TrailSession::chooseStep(int index) {
  if (!m_work || index < 0 || index >= m_work->names.size() || index == m_step) return;
  m_step = index;
  chooseRow(m_row);
}

void TrailSession::chooseRow(qlonglong row) {
  m_row = std::clamp<qlonglong>(row, 0, std::max<qlonglong>(0, rows() - 1));
  emit chosen();
  compute();
}

bool TrailSession::move(bool backwards) {
  const Frame* rows = data();
  if (!rows || (backwards && m_row == 0)) return false;
  const auto from = static_cast<std::size_t>(backwards ? m_row - 1 : m_row + 1);
  const auto found = plan::next_row(*rows, labels(), m_wanted, from, backwards);
  if (!found) return false;
  chooseRow(static_cast<qlonglong>(*found));
  return true;
}

void TrailSession::compute() {
  if (!m_work || m_work->nodes.empty()) return;
  m_again = m_watcher.isRunning();
  if (m_again) return;
  m_watcher.setFuture(QtConcurrent::run(
      [work = m_work, node = m_work->nodes[static_cast<std::size_t>(m_step)], row = m_row] {
        return std::make_shared<Result<Frame>>(
            plan::trail(work->plan, work->run, node, static_cast<std::size_t>(row)));
      }));
}

void TrailSession::finished() {
  if (m_again) return compute();
  const auto trail = m_watcher.result();
  if (*trail)
    emit shown(figureOf(**trail));
  else
    emit failed(QString::fromStdString(trail->error().message));
}

const plan::StepInfo* TrailSession::info() const {
  if (!m_work || m_work->nodes.empty()) return nullptr;
  const int node = m_work->nodes[static_cast<std::size_t>(m_step)];
  return m_work->plan.nodes[static_cast<std::size_t>(node)].step;
}

QString TrailSession::sentence() const {
  return info() ? QString::fromStdString(info()->sentence) : QString();
}

Figure TrailSession::figureOf(const Frame& trail) const {
  QString title = tr("%1 on row %2").arg(m_work->names[m_step]).arg(m_row);
  if (const Column* label = labels())
    title += tr(", %1 = %2")
                 .arg(QString::fromStdString(label->name()),
                      QString::fromStdString(label->cell(static_cast<std::size_t>(m_row))));
  // As many as a reader needs who follows the sums by hand.
  const Json options{{"digits", 6}};
  return Figure{"table", title.toStdString(), "", "", "", options, trail};
}

}  // namespace rehearse::present
