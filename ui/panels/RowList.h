// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QColor>
#include <QListView>
#include <QStyledItemDelegate>

#include <optional>
#include <vector>

namespace meteorograph::ui {

/// One row of the side bar's lists, as it is painted.
struct ListRow {
  qint64 id = 0;
  QString name;
  QString detail; ///< right of the name, or below it when `twoLines`
  QString tip;
  QColor colour;               ///< of the swatch
  bool marker = false;         ///< the swatch bears the shape of the device `id`
  std::optional<bool> checked; ///< absent: no check box, a dot instead
  bool twoLines = false;
  bool warning = false;  ///< the detail is in the colour of trouble
  bool editable = false; ///< F2 renames it
  bool operator==(const ListRow &) const = default;
};

/// The rows of one list. Changes in place, so that selection and scrolling survive a refresh.
class RowModel : public QAbstractListModel {
  Q_OBJECT
public:
  using QAbstractListModel::QAbstractListModel;
  static constexpr int IdRole = Qt::UserRole;

  void setRows(std::vector<ListRow> rows);
  const ListRow &row(int index) const { return m_rows[static_cast<std::size_t>(index)]; }

  int rowCount(const QModelIndex &parent = {}) const override;
  QVariant data(const QModelIndex &index, int role) const override;
  bool setData(const QModelIndex &index, const QVariant &value, int role) override;
  Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
  void toggled(qint64 id, bool checked);
  void renamed(qint64 id, const QString &name); ///< wished; the row stays until it is so

private:
  std::vector<ListRow> m_rows;
};

/// Paints a ListRow: check box or dot, swatch, name, detail. Edits its name.
class RowDelegate : public QStyledItemDelegate {
  Q_OBJECT
public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
  QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
  bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;
  void setEditorData(QWidget *editor, const QModelIndex &index) const override;
  void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const override;
};

/// A list as high as its rows (the side bar scrolls, not the list). A click on a check box or Space
/// toggles; a click on the row chooses it, a click on the chosen one lets it go, a double click isolates it.
class RowList : public QListView {
  Q_OBJECT
public:
  explicit RowList(QWidget *parent = nullptr);
  void setRows(std::vector<ListRow> rows);
  const ListRow *currentRow() const;
  const ListRow *rowAt(const QPoint &position) const;
  void rename(qint64 id); ///< opens the editor on this row

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
  void toggled(qint64 id, bool checked);
  void chosen(qint64 id);   ///< 0: none any more
  void isolated(qint64 id); ///< this one alone is wanted, or all again
  void renamed(qint64 id, const QString &name);

protected:
  void keyPressEvent(QKeyEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void mouseDoubleClickEvent(QMouseEvent *event) override;

private:
  void choose(int row);
  QModelIndex chosenBy(const QMouseEvent &event) const;
  RowModel m_model;
  qint64 m_chosen = 0;
};

} // namespace meteorograph::ui
