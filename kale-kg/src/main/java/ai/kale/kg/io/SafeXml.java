package ai.kale.kg.io;

import ai.kale.error.SetupException;
import java.io.StringReader;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.XMLFilterImpl;

/**
 * The JDK's own XML reader, whatever others are on the class path, set to refuse document type
 * declarations and to open nothing; and where it stands in the file.
 */
final class SafeXml extends XMLFilterImpl {
  static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";
  private static final String ENTITIES = "http://xml.org/sax/features/external-general-entities";
  private static final String PARAMETERS =
      "http://xml.org/sax/features/external-parameter-entities";
  private @Nullable Locator locator;

  private SafeXml() {}

  static SafeXml create() {
    SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
    factory.setNamespaceAware(true);
    SafeXml safe = new SafeXml();
    try {
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature(NO_DOCTYPE, true);
      factory.setFeature(ENTITIES, false);
      factory.setFeature(PARAMETERS, false);
      safe.setParent(factory.newSAXParser().getXMLReader());
    } catch (ParserConfigurationException | SAXException e) {
      throw new SetupException("the JDK's XML parser cannot be made safe: " + e.getMessage(), e);
    }
    return safe;
  }

  /** 1-based line, 0 before the start. */
  long line() {
    return locator == null ? 0 : Math.max(0, locator.getLineNumber());
  }

  @Override
  public void setDocumentLocator(Locator newLocator) {
    locator = newLocator;
    super.setDocumentLocator(newLocator);
  }

  /** Should the reader ever ask for another file, it is empty. */
  @Override
  public InputSource resolveEntity(String publicId, String systemId) {
    return new InputSource(new StringReader(""));
  }
}
