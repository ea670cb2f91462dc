// SPDX-License-Identifier: GPL-3.0-or-later
//
// Thumbnails: small pictures of designs for the gallery, in both themes. A design is run on a
// worker that gives way to other work, one at a time, and only while the gallery is looked at; its
// pictures are kept in the cache folder by content, so that later starts draw nothing.
#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <QPixmap>
#include <QStringList>
#include <QThreadPool>
#include <memory>
#include <stop_token>

#include "app/gui/style.hpp"
#include "app/present/design_thumbnail.hpp"

class QTimer;

namespace rehearse::present {
class AppContext;
}

namespace rehearse::gui {

class Turns;

class Thumbnails : public QObject {
  Q_OBJECT

 public:
  static constexpr int kWidth = 144, kHeight = 88;

  Thumbnails(present::AppContext& context, QObject* parent);
  ~Thumbnails() override;

  // The picture of a design where it is there; null where it is not (yet).
  QPixmap picture(const QString& id, const Theme& theme) const;
  // Makes those of these designs that are missing, in this order, from a second on.
  void want(const QStringList& ids);
  // Nothing more; a run under way is stopped and begun again when next wanted.
  void pause();

 signals:
  void ready(const QString& id);

 private:
  struct Outcome {
    QString id;
    Result<present::ThumbnailSource> source;
  };
  void next();
  void made();
  QString fileOf(const std::string& key, bool dark) const;
  void draw(const present::ThumbnailSource& source, bool dark);
  void drawn(const QString& id);

  present::AppContext& m_context;
  QString m_folder;
  QStringList m_queue;
  QMap<QString, QPair<QPixmap, QPixmap>> m_pictures;  // light, dark
  QThreadPool m_pool;
  QTimer* m_start;
  Turns* m_turns;                   // a picture in one theme each
  QPair<QPixmap, QPixmap> m_drawn;  // of one design, in the themes that are done
  std::stop_source m_stop;
  QFutureWatcher<std::shared_ptr<Outcome>> m_watcher;
};

}  // namespace rehearse::gui
