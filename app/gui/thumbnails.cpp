// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/thumbnails.hpp"

#include <sys/resource.h>

#include <QDir>
#include <QTimer>
#include <QtConcurrent>

#include "app/gui/turns.hpp"
#include "app/plots/export.hpp"
#include "app/plots/figure_content.hpp"
#include "app/present/app_context.hpp"

namespace rehearse::gui {
namespace {

constexpr int kStartAfterMs = 1000, kPauseBetweenMs = 50;
constexpr double kThumbnailScale = 2;

// Other work goes first. Not by QThread::IdlePriority: on a machine that does much else such a
// thread gets no turn even to stop, and closing the window waits for it.
void giveWay() {
  constexpr int kNice = 10;
  setpriority(PRIO_PROCESS, 0, kNice);  // of this thread alone, on Linux
}

QPixmap loaded(const QString& path) {
  QPixmap pixmap;
  pixmap.load(path);
  pixmap.setDevicePixelRatio(kThumbnailScale);
  return pixmap;
}

}  // namespace

Thumbnails::Thumbnails(present::AppContext& context, QObject* parent)
    : QObject(parent),
      m_context(context),
      m_folder(QString::fromStdString(context.home().cache) + "/thumbnails"),
      m_start(new QTimer(this)),
      m_turns(new Turns(this)) {
  m_pool.setMaxThreadCount(1);
  m_start->setSingleShot(true);
  connect(m_start, &QTimer::timeout, this, &Thumbnails::next);
  connect(&m_watcher, &QFutureWatcherBase::finished, this, &Thumbnails::made);
}

Thumbnails::~Thumbnails() {
  m_stop.request_stop();
  m_watcher.waitForFinished();
}

QPixmap Thumbnails::picture(const QString& id, const Theme& theme) const {
  const auto found = m_pictures.find(id);
  if (found == m_pictures.end()) return {};
  return theme.dark ? found->second : found->first;
}

void Thumbnails::want(const QStringList& ids) {
  m_queue.clear();
  for (const QString& id : ids)
    if (!m_pictures.contains(id)) m_queue.append(id);
  if (!m_queue.isEmpty() && !m_watcher.isRunning()) m_start->start(kStartAfterMs);
}

void Thumbnails::pause() {
  m_queue.clear();
  m_start->stop();
  m_stop.request_stop();
}

QString Thumbnails::fileOf(const std::string& key, bool dark) const {
  return m_folder + "/" + QString::fromStdString(key) + (dark ? "-dark.png" : "-light.png");
}

void Thumbnails::next() {
  if (m_watcher.isRunning() || m_queue.isEmpty()) return;
  const QString id = m_queue.takeFirst();
  const trace::DesignEntry* entry = m_context.designs().find(id.toStdString());
  if (!entry || entry->incident || !entry->error.empty()) return m_start->start(0);
  m_stop = std::stop_source();
  const auto known = [this](const std::string& key) {
    return QFile::exists(fileOf(key, false)) && QFile::exists(fileOf(key, true));
  };
  m_watcher.setFuture(
      QtConcurrent::run(&m_pool, [id, path = entry->path, known, stop = m_stop.get_token()] {
        giveWay();
        return std::make_shared<Outcome>(
            Outcome{id, present::thumbnailSource(path, plots::isPlotKind, known, stop)});
      }));
}

void Thumbnails::made() {
  const std::shared_ptr<Outcome> outcome = m_watcher.result();
  // A design without a picture keeps its drawn placeholder: nothing else is lost.
  if (outcome->source) {
    for (const bool dark : {false, true})
      m_turns->add([this, outcome, dark] { draw(*outcome->source, dark); });
    m_turns->add([this, outcome] { drawn(outcome->id); });
  }
  if (!m_queue.isEmpty()) m_start->start(kPauseBetweenMs);
}

void Thumbnails::draw(const present::ThumbnailSource& source, bool dark) {
  const QString path = fileOf(source.key, dark);
  QPixmap& picture = dark ? m_drawn.second : m_drawn.first;
  picture = QPixmap();
  if (source.figure.data.columns() == 0) {
    picture = loaded(path);
    return;
  }
  const QByteArray bytes =
      plots::renderThumbnail(source.figure, dark ? plots::darkTheme() : plots::lightTheme(), kWidth,
                             kHeight, kThumbnailScale);
  picture.loadFromData(bytes);
  picture.setDevicePixelRatio(kThumbnailScale);
  QFile file(path);  // a cache: what cannot be written is drawn again
  if (QDir().mkpath(m_folder) && file.open(QIODevice::WriteOnly)) file.write(bytes);
}

void Thumbnails::drawn(const QString& id) {
  if (m_drawn.first.isNull() || m_drawn.second.isNull()) return;
  m_pictures[id] = m_drawn;
  emit ready(id);
}

}  // namespace rehearse::gui
