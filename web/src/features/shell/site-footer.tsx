/** The end of every page. */
export const SiteFooter = () => (
  <footer className="footer">
    <p>SocialHub · a social network of your own</p>
  </footer>
);
